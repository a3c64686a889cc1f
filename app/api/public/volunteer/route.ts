export const dynamic = 'force-dynamic';
export { handlePass as POST } from '@/server/volunteer/http';
