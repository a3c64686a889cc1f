import { type BadRow, ListWish, listRoles } from '@/data/model/address';
import { Problem } from '@/data/model/problem';
import { translate } from '@/data/text/translate';
import { scopeOf } from '../trpc/http';
import { statusOf } from '../trpc/init';
import { answer, parse, problemBody } from '../trpc/plain';
import { takeList } from './hand-in';
import { BadRows } from './list-file';

const told = ({ line, fault }: BadRow) => ({
  ...{ line, fault },
  zh: translate('zh', `address.row.${fault}`),
  en: translate('en', `address.row.${fault}`),
});

const encodingOf = (request: Request): string | undefined =>
  /charset=([\w-]+)/i.exec(request.headers.get('content-type') ?? '')?.[1]?.toLowerCase();

/**
 * POST a list of addresses (CSV): `?id=<uuid>&name=<words>&crs=WGS84|CGCS2000|GCJ02|BD09`, its encoding as the charset of
 * its content type. Answers what was taken, or why nothing was, each bad row by its line.
 */
export const handleList = (request: Request): Promise<Response> =>
  answer(async () => {
    const { scope, connection } = await scopeOf(request);
    if (scope.screen === 'big' || !listRoles.includes(scope.role))
      throw new Problem('not_allowed', `Role ${scope.role} on ${scope.screen} may not hand in lists.`);
    const { searchParams } = new URL(request.url);
    const wish = parse(ListWish, {
      ...{ id: searchParams.get('id'), name: searchParams.get('name'), crs: searchParams.get('crs') },
      encoding: encodingOf(request),
    });
    try {
      const taken = await takeList(connection, scope, wish, request.body ?? new ReadableStream());
      return Response.json(taken, { status: 201, headers: { 'cache-control': 'no-store' } });
    } catch (error) {
      if (!(error instanceof BadRows)) throw error;
      return Response.json({ ...problemBody(error), rows: error.rows.map(told) }, { status: statusOf[error.code] });
    }
  });
