import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { z } from 'zod';
import { Problem } from '@/data/model/problem';
import { type Scope, ScreenKey } from '@/data/model/scope';
import { resolveScope } from '../access/store';
import { isSignInCookie } from '../account/auth';
import { lifeOf } from '../account/lapse';
import { signedInOf } from '../account/session';
import { type Connection, connection } from '../db/client';
import { scopedTo } from '../db/scoped';
import type { SentCookie } from '../report/print';
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

const chooserCookie = 'gridhall-post';

/** Cookies a request is signed in by: for a browser of the server's own that sees what the caller sees. */
export const signInCookies = (request: Request): SentCookie[] =>
  (request.headers.get('cookie') ?? '')
    .split(/;\s*/)
    .map((part) => part.split('='))
    .map(([name = '', ...rest]) => ({ name, value: rest.join('=') }))
    .filter(({ name }) => name === chooserCookie || isSignInCookie(name));

/** Scope of an HTTP request: sign-in or badge in its cookies, class of screen in the `x-screen` header or `screen` query. */
export const scopeOf = async (request: Request): Promise<{ scope: Scope; connection: Connection }> => {
  const url = new URL(request.url);
  const told = request.headers.get('x-screen') ?? streamParams(url).screen ?? url.searchParams.get('screen');
  const screen = ScreenKey.safeParse(told ?? 'big');
  if (!screen.success) throw new Problem('invalid', 'x-screen must be big, mid or small.');
  const open = connection();
  const signedIn = await signedInOf(open, request.headers);
  const scope = await resolveScope(open, { signedIn, badge: cookie(request, chooserCookie), screen: screen.data });
  const department = signedIn?.post?.department;
  return { scope: department ? { ...scope, department } : scope, connection: open };
};

/** Scope of a request that reads alone, and the database as that scope may see it. */
export const readerOf = async (request: Request): ReturnType<typeof scopeOf> => {
  const { scope, connection: open } = await scopeOf(request);
  return { scope, connection: scopedTo(open, scope) };
};

/** The drill a screen is in, from the `x-drill` header or `drill` query; null = it shows what is. Procedures and the live feed alone have one. */
export const drillOf = (request: Request): string | null => {
  const url = new URL(request.url);
  const told = request.headers.get('x-drill') ?? streamParams(url).drill ?? url.searchParams.get('drill');
  if (told !== null && !z.uuid().safeParse(told).success) throw new Problem('invalid', 'x-drill must be a UUID.');
  return told;
};

/** Answers a call; one that streams ends with the sign-in or the post it was opened with. */
export const handleTrpc = async (request: Request): Promise<Response> => {
  const life = request.method === 'GET' ? await lifeOf(connection(), request.headers) : null;
  const answer = await callProcedures(
    life ? new Request(request, { signal: AbortSignal.any([request.signal, life.signal]) }) : request,
  );
  if (answer.headers.get('content-type')?.startsWith('text/event-stream'))
    request.signal.addEventListener('abort', () => life?.release());
  else life?.release();
  return answer;
};

const callProcedures = (request: Request): Promise<Response> =>
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
