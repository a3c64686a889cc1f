import { ExportAsk } from '@/data/model/export';
import { replica } from '../metric/replica';
import { scopeOf, signInCookies } from '../trpc/http';
import { answer, parse } from '../trpc/plain';
import { makeExport } from './store';

/** POST a wish, get the file; its number stands in `x-export-number`. */
export const handleExport = (request: Request): Promise<Response> =>
  answer(async () => {
    const { scope, connection } = await scopeOf(request);
    const wish = parse(ExportAsk, await request.json().catch(() => null));
    const file = await makeExport(
      { connection, scope, facts: await replica().ready(), cookies: signInCookies(request) },
      wish,
    );
    return new Response(file.bytes, {
      headers: {
        'content-type': file.type,
        'content-disposition': `attachment; filename="${file.name}"`,
        'x-export-number': file.number,
        'cache-control': 'no-store',
      },
    });
  });
