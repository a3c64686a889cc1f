import { readHealth } from '@/server/db/health';

export const dynamic = 'force-dynamic';

export const GET = async (): Promise<Response> => {
  const { status, body } = await readHealth();
  return Response.json(body, { status });
};
