export const dynamic = 'force-dynamic';
export { handleGrade as POST } from '@/server/rental/http';
