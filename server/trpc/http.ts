import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { z } from 'zod';
import { Problem } from '@/data/model/problem';
import { type Scope, ScreenKey } from '@/data/model/scope';
import { resolveScope } from '../access/store';
import { type Connection, connection } from '../db/client';
import { scopedTo } from '../db/scoped';
import { trpcErrorOf } from './init';
import { appRouter } from './root';

/** Value of a cookie; undefined when it is not sent or not decodable. */
const cookie = (request: Request, name: string): string | undefined => {
  const sent = request.headers
    .get('cookie')
    ?.split(/;\s*/)
    .map((part) => part.split('='))
    .find(([key]) => key === name)
    ?.slice(1)
    .join('=');
  try {
    return sent && decodeURIComponent(sent);
  } catch {
    return undefined;
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid', 'connectionParams is not JSON.');
  }
};

const StreamParams = z.object({ screen: z.string().optional(), drill: z.string().optional() });

/** An event stream can set no header: tRPC puts its parameters into the query. */
const streamParams = (url: URL): z.infer<typeof StreamParams> => {
  const text = url.searchParams.get('connectionParams');
  return (text ? StreamParams.safeParse(parseJson(text)).data : null) ?? {};
};

/** The sign-in badge a request carries. */
export const badgeOf = (request: Request): string | undefined => cookie(request, 'gridhall-post');

/** Scope of an HTTP request: sign-in badge in the cookie, class of screen in the `x-screen` header or `screen` query. */
export const scopeOf = async (request: Request): Promise<{ scope: Scope; connection: Connection }> => {
  const url = new URL(request.url);
  const told = request.headers.get('x-screen') ?? streamParams(url).screen ?? url.searchParams.get('screen');
  const screen = ScreenKey.safeParse(told ?? 'big');
  if (!screen.success) throw new Problem('invalid', 'x-screen must be big, mid or small.');
  const open = connection();
  return {
    scope: await resolveScope(open, { badge: badgeOf(request), screen: screen.data }),
    connection: open,
  };
};

/** Scope of a request that reads alone, and the database as that scope may see it. */
export const readerOf = async (request: Request): ReturnType<typeof scopeOf> => {
  const { scope, connection: open } = await scopeOf(request);
  return { scope, connection: scopedTo(open, scope) };
};

/** The drill a screen is in, from the `x-drill` header; null = it shows what is. Other routes than procedures have none. */
const drillOf = (request: Request): string | null => {
  const told = request.headers.get('x-drill') ?? streamParams(new URL(request.url)).drill ?? null;
  if (told !== null && !z.uuid().safeParse(told).success) throw new Problem('invalid', 'x-drill must be a UUID.');
  return told;
};

export const handleTrpc = (request: Request): Promise<Response> =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () =>
      scopeOf(request)
        .then((found) => ({ ...found, drill: drillOf(request) }))
        .catch((error: unknown) => {
          throw trpcErrorOf(error);
        }),
    allowMethodOverride: true,
  });
