import { handleAccount } from '@/server/account/http';

export const dynamic = 'force-dynamic';
const handle = async (request: Request, { params }: { params: Promise<{ act: string[] }> }) =>
  handleAccount(request, (await params).act);

export { handle as GET, handle as POST };
