export const dynamic = 'force-dynamic';
export { handleUpload as POST } from '@/server/file/http';
