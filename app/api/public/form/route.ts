export const dynamic = 'force-dynamic';
export { handleForm as GET } from '@/server/intake/http';
