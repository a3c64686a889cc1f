import { handleReceiptPhoto } from '@/server/intake/http';

export const dynamic = 'force-dynamic';

export const GET = async (request: Request, { params }: { params: Promise<{ receipt: string; id: string }> }) =>
  handleReceiptPhoto(request, await params);
