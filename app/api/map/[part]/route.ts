import { handleMap } from '@/server/tile/http';

export const dynamic = 'force-dynamic';

export const GET = async (request: Request, { params }: { params: Promise<{ part: string }> }) =>
  handleMap(request, (await params).part);
