import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { z } from 'zod';
import { Problem } from '@/data/model/problem';
import { type Scope, ScreenKey } from '@/data/model/scope';
import { resolveScope } from '../access/store';
import { type Connection, connection } from '../db/client';
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

/** An event stream can set no header: tRPC puts its parameters into the query. */
const queryScreen = (url: URL): string | null => {
  const text = url.searchParams.get('connectionParams');
  const params = text ? z.object({ screen: z.string() }).safeParse(parseJson(text)) : null;
  return params?.data?.screen ?? url.searchParams.get('screen');
};

/** The sign-in badge a request carries. */
export const badgeOf = (request: Request): string | undefined => cookie(request, 'gridhall-post');

/** Scope of an HTTP request: sign-in badge in the cookie, class of screen in the `x-screen` header or `screen` query. */
export const scopeOf = async (request: Request): Promise<{ scope: Scope; connection: Connection }> => {
  const url = new URL(request.url);
  const screen = ScreenKey.safeParse(request.headers.get('x-screen') ?? queryScreen(url) ?? 'big');
  if (!screen.success) throw new Problem('invalid', 'x-screen must be big, mid or small.');
  const open = connection();
  return {
    scope: await resolveScope(open, { badge: badgeOf(request), screen: screen.data }),
    connection: open,
  };
};

export const handleTrpc = (request: Request): Promise<Response> =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () =>
      scopeOf(request).catch((error: unknown) => {
        throw trpcErrorOf(error);
      }),
    allowMethodOverride: true,
  });
