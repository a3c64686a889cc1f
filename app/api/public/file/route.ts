export const dynamic = 'force-dynamic';
export { handlePublicPhoto as POST } from '@/server/intake/http';
