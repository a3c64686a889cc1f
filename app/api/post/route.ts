export const dynamic = 'force-dynamic';
export { handlePost as DELETE, handlePost as POST } from '@/server/access/http';
