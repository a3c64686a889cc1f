export const dynamic = 'force-dynamic';
export { handleSlip as POST } from '@/server/rental/http';
