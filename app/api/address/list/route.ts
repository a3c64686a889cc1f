export const dynamic = 'force-dynamic';
export { handleList as POST } from '@/server/address/http';
