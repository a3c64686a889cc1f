import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { roles, screenKeys } from '@/data/model/scope';
import { servers } from '../db/testing';
import { townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';
import { realTown } from './testing-town';
import { ownPassword as own, staff, visitor } from './testing-visitor';

describe.each(servers())('administrators of accounts on %s', (server) => {
  const town = realTown(server);
  const { make, enter, enterSafely } = staff(() => town.connection);

  let system: ReturnType<typeof visitor>;
  let security: Awaited<ReturnType<typeof enterSafely>>;
  beforeEach(async () => {
    system ??= (await enterSafely(['R9', 'DP'])).browser;
    security ??= await enterSafely(['R10', 'DP']);
  });

  test('one makes the account, the other grants the post; withdrawn it is gone at the next call', async () => {
    const made = await system.call('account.create', { username: 'zhang.san', name: 'Zhang San' });
    const { id, password } = made.data as { id: string; password: string };
    const browser = visitor();
    await browser.signIn('zhang.san', password);
    await browser.account('password', { current: password, next: own });
    expect((await browser.call('access.me')).problem).toBe('not_allowed account_post');
    await security.browser.call('account.grant', { id, post: { role: 'R4', division: '440307009015' } });
    const { account } = (await browser.account('own')).body as unknown as { account: { posts: { id: string }[] } };
    await browser.account('post', { id: account.posts[0]?.id });
    expect((await browser.call('access.me')).data.role).toBe('R4');
    await security.browser.call('account.withdraw', { grant: account.posts[0]?.id });
    expect((await browser.call('access.me')).problem).toBe('not_allowed account_post');
    const row = (await security.browser.call('account.list')).data.find((each: { id: string }) => each.id === id);
    expect(row.grants).toMatchObject([{ role: 'R4', grantedBy: security.id, withdrawnBy: security.id }]);
    const lines = await town.connection.db.execute(
      sql`select action, actor_id, role, purpose from audit_line
        where subject = ${id} and action like 'account.%' order by seq`,
    );
    expect([...lines]).toMatchObject([
      { action: 'account.create', role: 'R9', purpose: '' },
      { action: 'account.grant', role: 'R10', actor_id: security.id, purpose: 'R4:440307009015' },
      { action: 'account.withdraw', role: 'R10', actor_id: security.id, purpose: 'R4:440307009015' },
    ]);
  });

  test('each does its own and none of the others’', async () => {
    const { id } = await make();
    const post = { role: 'R2', division: 'DP' };
    const auditor = (await enterSafely(['R8', 'DP'])).browser;
    const acts: [string, unknown, string][] = [
      ['account.create', { username: 'li.si', name: 'Li Si' }, 'R9'],
      ['account.renewPassword', { id }, 'R9'],
      ['account.grant', { id, post }, 'R10'],
      ['account.unlock', { id }, 'R10'],
      ['account.signOut', { id }, 'R10'],
      ['account.dropFactor', { id }, 'R10'],
    ];
    for (const [path, input, whose] of acts)
      for (const [role, who] of [
        ['R8', auditor],
        ['R9', system],
        ['R10', security.browser],
      ] as const) {
        const { status, problem } = await who.call(path, input);
        expect([path, role, role === whose ? status : problem]).toEqual([
          path,
          role,
          role === whose ? 200 : 'not_allowed',
        ]);
      }
    const reads = await Promise.all([system, security.browser, auditor].map((who) => who.call('audit.list', {})));
    expect(reads.map(({ status }) => status)).toEqual([403, 403, 200]);
    expect((await auditor.call('account.list')).problem).toBe('not_allowed');
    const seen = (await system.call('account.list')).data as { sessions: unknown }[];
    expect(seen.every(({ sessions }) => sessions === null)).toBe(true);
  });

  test('no other role reads or keeps accounts, and none does on a wall', async () => {
    for (const screen of screenKeys)
      for (const role of roles) {
        const { account } = createCaller({ scope: townScope(role, 'DP', screen), connection: town.connection });
        const may = screen !== 'big' && ['R9', 'R10'].includes(role);
        if (may) expect((await account.list()).length).toBeGreaterThan(0);
        else await expect(account.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
        if (role !== 'R10' || screen === 'big')
          await expect(account.posts()).rejects.toMatchObject({ code: 'FORBIDDEN' });
      }
  });

  test('nobody grants himself a post, withdraws or unlocks his own, through the API or beside it', async () => {
    const { id, browser } = security;
    const refused = await Promise.all([
      browser.call('account.grant', { id, post: { role: 'R2', division: 'DP' } }),
      browser.call('account.unlock', { id }),
      browser.call('account.dropFactor', { id }),
    ]);
    expect(refused.map(({ problem }) => problem)).toEqual(Array(3).fill('not_allowed own_account'));
    const beside = town.connection.db.execute(sql`
        insert into account_post (account_id, role, division_code, valid_from, granted_by)
        values (${id}, 'R2', 'DP', now(), ${id})`);
    await expect(beside).rejects.toMatchObject({ cause: { constraint_name: 'account_post_not_own' } });
  });

  test('two posts of administrators are never one person’s, through the API or beside it; nor a post twice', async () => {
    const { id } = await make(['R8', 'DP']);
    const grant = (role: string, division = 'DP') =>
      security.browser.call('account.grant', { id, post: { role, division } });
    expect((await grant('R9')).problem).toBe('conflict admin_split');
    expect((await grant('R10')).problem).toBe('conflict admin_split');
    expect((await grant('R8')).problem).toBe('conflict post_held');
    expect((await grant('R2')).status).toBe(200);
    expect((await grant('R5')).problem).toBe('invalid post_unknown');
    const beside = town.connection.db.execute(sql`
        insert into account_post (account_id, role, division_code, valid_from, granted_by)
        values (${id}, 'R9', 'DP', now(), 'x')`);
    await expect(beside).rejects.toMatchObject({ cause: { constraint_name: 'account_post_split' } });
  });

  test('grants are history: ended once, never rewritten or removed', async () => {
    const { id } = await make(['R2', 'DP']);
    const { db } = town.connection;
    const tries = [
      sql`update account_post set role = 'R3' where account_id = ${id}`,
      sql`delete from account_post where account_id = ${id}`,
      sql`update account_post set valid_to = now() where account_id = ${id}`,
    ];
    for (const each of tries) await expect(db.execute(each)).rejects.toThrow();
    await db.execute(sql`update account_post set valid_to = now(), withdrawn_by = 'x' where account_id = ${id}`);
    const again = sql`update account_post set valid_to = null, withdrawn_by = null where account_id = ${id}`;
    await expect(db.execute(again)).rejects.toThrow();
  });

  test('a new one-time password ends what was, an unlock opens what wrong ones locked', async () => {
    const { id, username, browser } = await enter(['R2', 'DP']);
    const { password } = (await system.call('account.renewPassword', { id })).data as { password: string };
    expect((await browser.call('access.me')).data.role).toBe('R7');
    for (let i = 0; i < 5; i += 1) await visitor().signIn(username, 'wrong');
    expect((await visitor().signIn(username, password)).body.reason).toBe('locked');
    const locked = (await security.browser.call('account.list')).data as { id: string; lockedUntil: string | null }[];
    expect(locked.find((each) => each.id === id)?.lockedUntil).not.toBeNull();
    await security.browser.call('account.unlock', { id });
    expect((await visitor().signIn(username, password)).status).toBe(200);
  });
});
