export const dynamic = 'force-dynamic';
export { handlePlainPage as GET, handlePlainReport as POST } from '@/server/intake/plain';
