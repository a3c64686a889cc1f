import { handlePhoto } from '@/server/file/http';

export const dynamic = 'force-dynamic';

export const GET = async (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  handlePhoto(request, (await params).id);
