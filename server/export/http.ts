import { z } from 'zod';
import { ExportAsk } from '@/data/model/export';
import { Problem } from '@/data/model/problem';
import { replica } from '../metric/replica';
import { scopeOf } from '../trpc/http';
import { statusOf } from '../trpc/init';
import { makeExport } from './store';

const readWish = async (request: Request): Promise<z.output<typeof ExportAsk>> => {
  const wish = ExportAsk.safeParse(await request.json().catch(() => null));
  if (!wish.success) throw new Problem('invalid', z.prettifyError(wish.error));
  return wish.data;
};

/** POST a wish, get the file; its number stands in `x-export-number`. */
export const handleExport = async (request: Request): Promise<Response> => {
  try {
    const { scope, connection } = await scopeOf(request);
    const wish = await readWish(request);
    const file = await makeExport({ connection, scope, facts: await replica().ready() }, wish);
    return new Response(file.bytes, {
      headers: {
        'content-type': file.type,
        'content-disposition': `attachment; filename="${file.name}"`,
        'x-export-number': file.number,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return Response.json({ code: error.code, message: error.message }, { status: statusOf[error.code] });
  }
};
