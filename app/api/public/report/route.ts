export const dynamic = 'force-dynamic';
export { handlePublicReport as POST } from '@/server/intake/http';
