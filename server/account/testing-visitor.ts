import { expect } from 'vitest';
import type { Connection } from '../db/client';
import { handleTrpc } from '../trpc/http';
import { handleAccount } from './http';
import { createAccount, grantPost, terminalScope } from './store';
import { codeOf } from './testing-code';

type Told = { status: number; location: string | null; body: Record<string, string | undefined> };

const origin = 'http://localhost';

/** A browser with a jar of its own, in front of the routes of this process. */
export const visitor = (start: Record<string, string> = {}) => {
  const jar = new Map(Object.entries(start));
  let set: string[] = [];
  const headers = (more: Record<string, string> = {}) => ({
    ...{ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), 'user-agent': 'Test/1' },
    ...{ 'content-type': 'application/json', 'x-screen': 'mid', 'x-gridhall-address': '10.0.0.7', ...more },
  });
  const keep = (answer: Response) => {
    set = answer.headers.getSetCookie();
    for (const line of set) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', ...value] = pair.split('=');
      const isGone = attributes.some((each) => /^max-age=0$/i.test(each));
      if (isGone) jar.delete(name);
      else jar.set(name, value.join('='));
    }
  };
  const account = async (path: string, body?: unknown): Promise<Told> => {
    const method = body === undefined ? 'GET' : 'POST';
    const request = new Request(`${origin}/api/account/${path}`, {
      ...{ method, headers: headers(), redirect: 'manual' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const answer = await handleAccount(request, path.split('?')[0]?.split('/') ?? []);
    keep(answer);
    const text = await answer.text();
    const location = answer.headers.get('location');
    return { status: answer.status, location, body: text.startsWith('{') ? JSON.parse(text) : {} };
  };
  /** Asks or calls a procedure. `problem`: code and reason of a refusal. */
  const call = async (path: string, body?: unknown) => {
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify({ json: body }) };
    const answer = await handleTrpc(new Request(`${origin}/api/trpc/${path}`, { headers: headers(), ...post }));
    const told = JSON.parse(await answer.text());
    const problem = told.error?.json.data.problem;
    return {
      ...{ status: answer.status, data: told.result?.data.json },
      problem: problem ? `${problem.code} ${problem.params.reason ?? ''}`.trim() : null,
    };
  };
  const signIn = (username: string, password: string) => account('sign-in', { username, password });
  /** Cookies as the last answer set them. */
  const lastSet = () => set;
  return { jar, headers, lastSet, account, call, signIn };
};

/** A password that may be. */
export const ownPassword = 'kettle-Orbit-83-wren';

/** People with accounts on a database; posts as `[role, division]`, of a handler his department too. */
export const staff = (connection: () => Connection) => {
  let n = 0;
  /** A new account with these posts: its name and one-time password. */
  const make = async (...posts: [role: string, division: string, department?: string][]) => {
    n += 1;
    const username = `worker${n}`;
    const terminal = await terminalScope(connection());
    const { id, password } = await createAccount(connection(), terminal, { username, name: `W ${n}` });
    for (const [role, division, department = null] of posts)
      await grantPost(connection(), terminal, id, { role: role as 'R2', division, department });
    return { id, username, password };
  };
  /** Signed in with a password of one's own. */
  const enter = async (...posts: [role: string, division: string, department?: string][]) => {
    const { id, username, password } = await make(...posts);
    const browser = visitor();
    expect((await browser.signIn(username, password)).status).toBe(200);
    expect((await browser.account('password', { current: password, next: ownPassword })).status).toBe(200);
    return { id, username, browser };
  };
  /** Signed in with both factors. */
  const enterSafely = async (...posts: [role: string, division: string, department?: string][]) => {
    const made = await enter(...posts);
    const { body } = await made.browser.account('factor/begin', { password: ownPassword });
    const { uri, backupCodes } = body as unknown as { uri: string; backupCodes: string[] };
    expect((await made.browser.account('factor/confirm', { code: await codeOf(uri) })).status).toBe(200);
    return { ...made, uri, backupCodes };
  };
  return { make, enter, enterSafely };
};
