import { handleReport } from '@/server/report/http';

export const dynamic = 'force-dynamic';

export const GET = async (request: Request, { params }: { params: Promise<{ format: string }> }) =>
  handleReport(request, (await params).format);
