export const dynamic = 'force-dynamic';
export { handleReadings as POST } from '@/server/push/http';
