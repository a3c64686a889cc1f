import { handleBuildingTile } from '@/server/tile/http';

export const dynamic = 'force-dynamic';

type Address = { layer: string; z: string; x: string; y: string };

export const GET = async (request: Request, { params }: { params: Promise<Address> }) => {
  const { layer, ...address } = await params;
  if (layer !== 'building') return Response.json({ code: 'not_found' }, { status: 404 });
  return handleBuildingTile(request, address);
};
