import type { IncomingHttpHeaders } from 'node:http';
import { readEnv } from '../env';

const reading = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request that may change something comes from a page of this installation, or from no browser at all: a browser
 * names the page's origin, and no page can change what it names.
 */
export const isOwnOrigin = (method: string | undefined, headers: IncomingHttpHeaders): boolean => {
  if (reading.includes(method ?? 'GET')) return true;
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  const known = readEnv().GRIDHALL_URL;
  return URL.canParse(origin) && (new URL(origin).host === host || origin === (known && new URL(known).origin));
};
