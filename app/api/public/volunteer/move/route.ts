export const dynamic = 'force-dynamic';
export { handlePassMove as POST } from '@/server/volunteer/http';
