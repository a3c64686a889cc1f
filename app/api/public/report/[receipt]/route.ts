import { handleProgress } from '@/server/intake/http';

export const dynamic = 'force-dynamic';

const handle = async (request: Request, { params }: { params: Promise<{ receipt: string }> }) =>
  handleProgress(request, (await params).receipt);

export { handle as GET, handle as POST };
