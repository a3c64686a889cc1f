import { sql } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { servers } from '../db/testing';
import { eraseSignIns } from './session';
import { codeOf } from './testing-code';
import { realTown } from './testing-town';
import { ownPassword, staff, visitor } from './testing-visitor';

describe.each(servers())('the audit of sign-ins on %s', (server) => {
  const town = realTown(server);
  const { make, enter, enterSafely } = staff(() => town.connection);

  /** Lines about an account or whatever else, without those of administrators. */
  const linesOf = async (subject: string) =>
    (
      await town.connection.db.execute<{ action: string; purpose: string; actor: string; n: number }>(sql`
        select action, purpose, actor_id as actor, n_rows as n from audit_line
        where subject = ${subject} and action like 'session.%' order by seq`)
    ).map(({ action, purpose, actor, n }) => [action.replace('session.', ''), purpose, actor, n]);

  test('a sign-in, its new password and its end are lines in the name of the account', async () => {
    const { id, browser } = await enter(['R2', 'DP']);
    await browser.account('sign-out', {});
    expect(await linesOf(id)).toEqual([
      ['begin', 'password', id, 1],
      ['end', 'left', id, 1],
    ]);
    const [line] = await town.connection.db.execute(sql`
      select role, screen, division_code, path from audit_line where subject = ${id} and action = 'session.begin'`);
    expect(line).toEqual({ role: '', screen: '', division_code: 'DP', path: '/44/4403/DP/' });
  });

  test('wrong passwords are lines, and so is the lock they lead to', async () => {
    const { id, username, password } = await make(['R2', 'DP']);
    for (let i = 0; i < 5; i += 1) await visitor().signIn(username, 'wrong');
    await visitor().signIn(username, password);
    expect(await linesOf(id)).toEqual([
      ...Array(5).fill(['refuse', 'password', 'public', 1]),
      ['lock', 'password', 'public', 1],
      ['refuse', 'locked', 'public', 1],
    ]);
  });

  test('a name nobody has is not written down: it may be a password', async () => {
    await visitor().signIn('Secret-typed-in-the-wrong-field', 'x');
    const lines = await town.connection.db.execute(sql`select * from audit_line`);
    expect(JSON.stringify([...lines])).not.toMatch(/secret-typed/i);
    const [last] = [...lines].sort((a, b) => Number(b.seq) - Number(a.seq));
    expect(last).toMatchObject({ action: 'session.refuse', subject: expect.stringMatching(/^\?[0-9a-f]{12}$/) });
  });

  test('with a second factor the sign-in begins with the code; wrong and spent ones are lines, and their lock', async () => {
    const { id, username, uri, backupCodes } = await enterSafely(['R2', 'DP']);
    const before = (await linesOf(id)).length;
    const browser = visitor();
    await browser.signIn(username, ownPassword);
    expect(await linesOf(id)).toHaveLength(before);
    expect((await browser.account('factor', { code: '000000' })).status).toBe(403);
    expect((await browser.account('factor', { code: backupCodes[0] })).status).toBe(200);
    expect((await linesOf(id)).slice(before)).toEqual([
      ['refuse', 'code', 'public', 1],
      ['begin', 'factor', id, 1],
    ]);
    vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
    const code = await codeOf(uri);
    const [first, second] = [visitor(), visitor()];
    for (const each of [first, second]) await each.signIn(username, ownPassword);
    expect((await first.account('factor', { code })).status).toBe(200);
    expect((await second.account('factor', { code })).body.reason).toBe('code');
    vi.useRealTimers();
    expect((await linesOf(id)).slice(before + 2)).toEqual([
      ['begin', 'factor', id, 1],
      ['refuse', 'code', 'public', 1],
    ]);
    const thief = visitor();
    await thief.signIn(username, ownPassword);
    const reasons: unknown[] = [];
    for (let i = 0; i < 6; i += 1) reasons.push((await thief.account('factor', { code: '000000' })).body.reason);
    expect(reasons.at(-1)).toBe('locked');
    const told = (await linesOf(id)).slice(before + 4);
    expect(told.filter(([what]) => what === 'lock')).toEqual([['lock', 'code', 'public', 1]]);
    expect(told.at(-1)).toEqual(['refuse', 'locked', 'public', 1]);
  });

  test('sign-ins ended by their owner, a browser’s next one, a new password, an administrator or time', async () => {
    const { id, username, browser } = await enter(['R2', 'DP'], ['R3', '440307009']);
    const { account } = (await browser.account('own')).body as unknown as { account: { posts: { id: string }[] } };
    await browser.account('post', { id: account.posts[1]?.id });
    const others = [visitor(), visitor(), visitor()] as const;
    for (const each of others) await each.signIn(username, ownPassword);
    const begun = (await linesOf(id)).length;
    await browser.account('session/end-others', {});
    await others[0].signIn(username, ownPassword);
    await others[1].signIn(username, ownPassword);
    await others[1].signIn(username, ownPassword);
    await browser.account('password', { current: ownPassword, next: 'another-Lamp-52-heron' });
    const told = (await linesOf(id)).slice(begun).filter(([what]) => what === 'end');
    expect(told).toEqual([
      ['end', 'chosen', id, 3],
      ['end', 'replaced', id, 1],
      ['end', 'password', id, 2],
    ]);
    expect((await linesOf(id)).find(([what]) => what === 'post')).toEqual(['post', 'R3:440307009', id, 1]);
    const security = await enterSafely(['R10', 'DP']);
    await security.browser.call('account.signOut', { id });
    expect((await linesOf(id)).at(-1)).toEqual(['end', 'administrator', security.id, 1]);
  });

  test('what has expired is a line once, whether a browser comes back or it is cleared away', async () => {
    const [back, gone] = [await enter(['R2', 'DP']), await enter(['R2', 'DP'])];
    const late = sql`update account_session set expires_at = now() - interval '1 second'
      where user_id in (${back.id}, ${gone.id})`;
    await town.connection.db.execute(late);
    await back.browser.call('access.me');
    await town.connection.db.transaction((tx) => eraseSignIns(tx, sql`expires_at < now()`, 10));
    expect((await linesOf(back.id)).at(-1)).toEqual(['end', 'expired', back.id, 1]);
    expect((await linesOf(gone.id)).at(-1)).toEqual(['end', 'expired', 'terminal', 1]);
  });
});
