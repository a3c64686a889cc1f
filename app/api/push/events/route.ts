export const dynamic = 'force-dynamic';
export { handlePushEvents as POST, handlePushProgress as GET } from '@/server/push/http';
