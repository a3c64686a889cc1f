export const dynamic = 'force-dynamic';
export { handleExport as POST } from '@/server/export/http';
