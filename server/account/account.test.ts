import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { servers } from '../db/testing';
import { grids } from '../db/testing-town';
import { codeOf } from './testing-code';
import { realTown } from './testing-town';
import { ownPassword as own, staff, visitor } from './testing-visitor';

describe.each(servers())('accounts on %s', (server) => {
  const town = realTown(server);
  const { make, enter, enterSafely } = staff(() => town.connection);

  describe('signing in', () => {
    test('a one-time password gives no post until it is changed; the account is the actor', async () => {
      const { id, username, password } = await make(['R2', 'DP']);
      const browser = visitor();
      expect((await browser.signIn(username.toUpperCase(), password)).status).toBe(200);
      expect((await browser.call('access.me')).problem).toBe('not_allowed account_password');
      await browser.account('password', { current: password, next: own });
      expect((await browser.call('access.me')).data).toMatchObject({ role: 'R2', division: 'DP', actorId: id });
      expect((await visitor().signIn(username, password)).status).toBe(403);
    });

    test('no token is told to a page; cookies are closed to scripts and the key lies in a file of its owner', async () => {
      const { username, password } = await make();
      const browser = visitor();
      const told = await browser.signIn(username, password);
      const token = [...browser.jar.values()].join();
      expect(JSON.stringify(told.body)).toBe('{"isFactorNext":false}');
      expect(token).not.toBe('');
      const file = join(town.home, 'account.key');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const dump = await town.connection.db.execute(sql`
        select to_jsonb(a) as row from account a union all select to_jsonb(c) from account_credential c
        union all select to_jsonb(s) from account_session s`);
      expect(JSON.stringify([...dump])).not.toContain(readFileSync(file, 'utf8'));
      expect(JSON.stringify([...dump])).not.toContain(password);
    });

    test('cookies go over TLS alone where the installation is reached so, and are never for scripts', async () => {
      const { username, password } = await make();
      const browser = visitor();
      await browser.signIn(username, password);
      expect(browser.lastSet().join()).toMatch(/gridhall\.session_token=.*; HttpOnly; SameSite=Lax/);
      expect(browser.lastSet().join()).not.toContain('Secure');
      vi.stubEnv('GRIDHALL_URL', 'https://hall.example');
      vi.stubGlobal('gridhallConnection', { ...town.connection });
      const safe = visitor();
      await safe.signIn(username, password);
      expect(safe.lastSet().join()).toMatch(/gridhall\.session_token=.*; Secure/);
      vi.stubEnv('GRIDHALL_URL', undefined);
      vi.stubGlobal('gridhallConnection', town.connection);
    });

    test('a session planted before is not the one after: ids are renewed, the old one ends', async () => {
      const first = await enter(['R2', 'DP']);
      const second = await make(['R3', '440307009']);
      const planted = new Map(first.browser.jar);
      const victim = visitor(Object.fromEntries(planted));
      await victim.signIn(second.username, second.password);
      expect(victim.jar.get('gridhall.session_token')).not.toBe(planted.get('gridhall.session_token'));
      // whoever planted it is signed in no longer: aggregates, as anybody
      expect((await first.browser.call('access.me')).data.role).toBe('R7');
    });

    test('a new password and a second factor renew the session, too', async () => {
      const { browser } = await enter(['R2', 'DP']);
      const before = browser.jar.get('gridhall.session_token');
      const thief = visitor(Object.fromEntries(browser.jar));
      await browser.account('password', { current: own, next: 'another-Lamp-52-heron' });
      expect(browser.jar.get('gridhall.session_token')).not.toBe(before);
      expect((await thief.call('access.me')).data.role).toBe('R7');
    });

    test('a cookie that is not signed here, or that has expired, is none', async () => {
      const { id, browser } = await enter(['R2', 'DP']);
      const [token = ''] = (browser.jar.get('gridhall.session_token') ?? '').split('.');
      for (const forged of [token, `${token}.AAAA`, `${token}.${encodeURIComponent('A'.repeat(43))}=`])
        expect((await visitor({ 'gridhall.session_token': forged }).call('access.me')).data.role).toBe('R7');
      expect((await browser.call('access.me')).data.role).toBe('R2');
      await town.connection.db.execute(
        sql`update account_session set expires_at = now() - interval '1 second' where user_id = ${id}`,
      );
      expect((await browser.call('access.me')).data.role).toBe('R7');
    });
  });

  describe('passwords', () => {
    test.each([
      ['short-1-Wren', 200],
      ['short-Wren', 'password_short'],
      ['password1234', 'password_guessable'],
      ['aaaaaaaaaaaaaaaa', 'password_guessable'],
      ['x'.repeat(129), 'password_long'],
    ])('%s', async (next, expected) => {
      const { username, password } = await make();
      const browser = visitor();
      await browser.signIn(username, password);
      const told = await browser.account('password', { current: password, next });
      expect(expected === 200 ? told.status : told.body.reason).toBe(expected);
    });

    test('one that holds the user name is refused, with other signs between, too', async () => {
      const { username, password } = await make();
      const browser = visitor();
      await browser.signIn(username, password);
      const next = `kettle-${username.replace('w', 'W-')}-orbit-heron`;
      expect((await browser.account('password', { current: password, next })).body.reason).toBe('password_name');
    });
  });

  describe('wrong passwords', () => {
    const reasons = async (username: string, password: string, times: number) => {
      const told: unknown[] = [];
      for (let i = 0; i < times; i += 1) {
        const { status, body } = await visitor().signIn(username, password);
        told.push([status, body.reason, body.zh, body.en]);
      }
      return told;
    };

    test('the fifth locks; names nobody has are told the very same', async () => {
      const { username, password } = await make();
      const known = await reasons(username, 'wrong', 6);
      expect(await reasons('nobody-at-all', 'wrong', 6)).toEqual(known);
      expect(known.map((each) => (each as string[])[1])).toEqual([
        ...['sign_in', 'sign_in', 'sign_in', 'sign_in', 'locked', 'locked'],
      ]);
      // the right one neither opens it nor tells that it is right
      expect((await visitor().signIn(username, password)).body.reason).toBe('locked');
    });

    test('many at one moment are no more than five', async () => {
      const { username } = await make();
      const told = await Promise.all(Array.from({ length: 20 }, () => visitor().signIn(username, 'wrong')));
      const rows = await town.connection.db.execute<{ n: number }>(sql`select max(n) as n from account_failure`);
      expect(rows[0]?.n).toBe(5);
      expect(told.every(({ body }) => ['locked', 'sign_in'].includes(body.reason ?? ''))).toBe(true);
      expect((await visitor().signIn(username, 'wrong')).body.reason).toBe('locked');
    });

    test('a lock is over after its time, and a right password begins anew', async () => {
      const { username, password } = await make();
      await reasons(username, 'wrong', 5);
      await town.connection.db.execute(
        sql`update account_failure set locked_until = now() - interval '1 second' where locked_until is not null`,
      );
      expect((await visitor().signIn(username, password)).status).toBe(200);
      expect((await reasons(username, 'wrong', 4)).map((each) => (each as string[])[1])).not.toContain('locked');
    });

    test('who sits at an open session cannot try passwords without end either', async () => {
      const { browser } = await enter();
      const told: unknown[] = [];
      for (let i = 0; i < 6; i += 1)
        told.push(
          (await browser.account('password', { current: `wrong ${i}`, next: 'another-Lamp-52-heron' })).body.reason,
        );
      expect(told).toEqual([...Array(4).fill('password_wrong'), 'locked', 'locked']);
    });
  });

  describe('the second factor', () => {
    test('once set up it is asked for: password alone gives nothing, a code does, a backup code once', async () => {
      const { username, uri, backupCodes, browser } = await enterSafely(['R2', 'DP']);
      expect(uri).toContain(`otpauth://totp/Gridhall:${username}?`);
      expect((await browser.call('access.me')).data.role).toBe('R2');
      const other = visitor();
      expect((await other.signIn(username, own)).body).toEqual({ isFactorNext: true });
      expect((await other.call('access.me')).data.role).toBe('R7');
      expect((await other.account('factor', { code: '000000' })).body.reason).toBe('code');
      // the code that set it up is spent
      expect((await other.account('factor', { code: await codeOf(uri) })).body.reason).toBe('code');
      expect((await other.call('access.me')).data.role).toBe('R7');
      await other.signIn(username, own);
      expect((await other.account('factor', { code: await codeOf(uri, 1) })).status).toBe(200);
      expect((await other.call('access.me')).data.role).toBe('R2');
      const [spare = ''] = backupCodes;
      const third = visitor();
      await third.signIn(username, own);
      expect((await third.account('factor', { code: spare })).status).toBe(200);
      const fourth = visitor();
      await fourth.signIn(username, own);
      expect((await fourth.account('factor', { code: spare })).body.reason).toBe('code');
      expect(backupCodes).toHaveLength(10);
    });

    test('wrong codes lock it, and the lock holds for the next challenge', async () => {
      const { username, uri } = await enterSafely(['R2', 'DP']);
      const other = visitor();
      await other.signIn(username, own);
      for (let i = 0; i < 5; i += 1)
        expect((await other.account('factor', { code: '000000' })).body.reason).toBe('code');
      const again = visitor();
      await again.signIn(username, own);
      expect((await again.account('factor', { code: await codeOf(uri) })).body.reason).toBe('locked');
    });

    test.each([['R8'], ['R9'], ['R10']])('%s is no post without it', async (role) => {
      const { browser } = await enter([role, 'DP']);
      expect((await browser.call('access.me')).problem).toBe('not_allowed account_factor');
      const { body } = await browser.account('factor/begin', { password: own });
      await browser.account('factor/confirm', { code: await codeOf((body as unknown as { uri: string }).uri) });
      expect((await browser.call('access.me')).data.role).toBe(role);
    });
  });

  describe('sessions', () => {
    test('are seen with device and address, ended one by one and all others at once; nobody ends another’s', async () => {
      const { username, browser } = await enter(['R2', 'DP']);
      const [b, c] = [visitor(), visitor()];
      await b.signIn(username, own);
      await c.signIn(username, own);
      const seen = (await browser.account('own')).body.account as unknown as {
        sessions: { id: string; isOwn: boolean }[];
      };
      expect(seen.sessions).toHaveLength(3);
      expect(seen.sessions[0]).toMatchObject({ device: 'Test/1', address: '10.0.0.7', way: 'password' });
      const stranger = await enter(['R2', 'DP']);
      const other = seen.sessions.find(({ isOwn }) => !isOwn)?.id;
      expect((await stranger.browser.account('session/end', { id: other })).status).toBe(404);
      expect((await browser.account('session/end', { id: other })).status).toBe(200);
      expect((await browser.account('session/end-others', {})).body).toEqual({ n: 1 });
      const left = await Promise.all([b, c].map((each) => each.call('access.me')));
      expect(left.map(({ data }) => data.role)).toEqual(['R7', 'R7']);
      expect((await browser.call('access.me')).data.role).toBe('R2');
      await browser.account('sign-out', {});
      expect((await browser.call('access.me')).data.role).toBe('R7');
      expect((await browser.account('session/end-others', {})).body.reason).toBe('account_ended');
    });
  });

  describe('posts', () => {
    test('of several one is chosen, only of one’s own', async () => {
      const { browser } = await enter(['R3', '440307009'], ['R5', grids[0]]);
      expect((await browser.call('access.me')).problem).toBe('not_allowed account_post');
      const { posts } = (await browser.account('own')).body.account as unknown as {
        posts: { id: string; role: string }[];
      };
      const field = posts.find(({ role }) => role === 'R5');
      await browser.account('post', { id: field?.id });
      expect((await browser.call('access.me')).data).toMatchObject({ role: 'R5', division: grids[0] });
      const stranger = await enter(['R2', 'DP']);
      expect((await stranger.browser.account('post', { id: field?.id })).body.reason).toBe('post_unknown');
    });

    test('the badge of the chooser gives nothing beside a sign-in, and on real data only aggregates', async () => {
      const { browser } = await enter(['R5', grids[0]]);
      browser.jar.set('gridhall-post', 'R1:DP');
      expect((await browser.call('access.me')).data.role).toBe('R5');
      for (const badge of ['R2:DP', 'R9:DP', 'R10:DP'])
        expect((await visitor({ 'gridhall-post': badge }).call('access.me')).problem).toBe('not_allowed');
      vi.stubEnv('GRIDHALL_OPEN', 'on');
      expect((await visitor({ 'gridhall-post': 'R10:DP' }).call('access.me')).problem).toBe('not_allowed');
      expect((await visitor({ 'gridhall-post': 'R2:DP' }).call('access.me')).data.role).toBe('R2');
      vi.stubEnv('GRIDHALL_OPEN', 'off');
    });
  });
});
