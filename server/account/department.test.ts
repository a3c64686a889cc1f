import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { servers } from '../db/testing';
import { readTerms, writeTerms } from '../dictionary/seed';
import { grantPost, terminalScope } from './store';
import { realTown } from './testing-town';
import { staff } from './testing-visitor';

describe.each(servers())('the department a handler acts for on %s', (server) => {
  const town = realTown(server);
  const { make, enter } = staff(() => town.connection);

  beforeAll(async () => {
    const { db } = town.connection;
    await writeTerms(
      db,
      readTerms().filter(({ list }) => list === 'department'),
    );
    for (const [id, department] of [
      ['E0', 'XFJ'],
      ['E1', 'YJJ'],
    ])
      await db.execute(sql`update event set status = 'S31', department_code = ${department} where id = ${id}`);
  });

  const query = (path: string, input: object) => `${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;

  test('it is granted with the post, and is one there is', async () => {
    const { id } = await make();
    const grant = async (department: string | null, role: 'R6' | 'R2' = 'R6') =>
      grantPost(town.connection, await terminalScope(town.connection), id, { role, division: 'DP', department });
    await expect(grant(null)).rejects.toMatchObject({ params: { reason: 'post_department' } });
    await expect(grant('NONE')).rejects.toMatchObject({ code: 'invalid' });
    await grant('XFJ');
    await grant('XFJ', 'R2');
    const rows = await town.connection.sql`
      select role, department_code from account_post where account_id = ${id} order by role`;
    expect(rows.map(({ role, department_code }) => [role, department_code])).toEqual([
      ['R2', null],
      ['R6', 'XFJ'],
    ]);
    const changed = town.connection.sql`update account_post set department_code = 'YJJ' where account_id = ${id}`;
    await expect(changed).rejects.toThrow('only ended');
  });

  test('the phone is told it and may say no other; cases of another department do not move', async () => {
    const { browser } = await enter(['R6', 'DP', 'XFJ']);
    expect((await browser.call('access.me')).data).toMatchObject({ role: 'R6', department: 'XFJ' });
    const idsOf = async (department: string | null) => {
      const { data, problem } = await browser.call(query('event.tasks', { department }));
      return problem ?? data.tasks.map(({ id }: { id: string }) => id);
    };
    expect(await idsOf(null)).toEqual(['E0']);
    expect(await idsOf('XFJ')).toEqual(['E0']);
    expect(await idsOf('YJJ')).toBe('not_allowed');
    for (const path of ['notice.list', 'muster.mine'])
      expect((await browser.call(query(path, { department: 'YJJ' }))).problem, path).toBe('not_allowed');
    const sign = (id: string) => browser.call('event.move', { id, version: 1, to: 'S40' });
    expect((await sign('E1')).problem).toBe('not_allowed');
    expect((await sign('E0')).data).toMatchObject({ id: 'E0', status: 'S40' });
  });

  test('a post granted before it named one gives nothing until it is granted anew', async () => {
    const { id, username, browser } = await enter();
    await town.connection.sql`insert into account_post (account_id, role, division_code, valid_from, granted_by)
      values (${id}, 'R6', 'DP', now(), 'terminal')`;
    await browser.signIn(username, 'kettle-Orbit-83-wren');
    expect((await browser.call('access.me')).problem).toBe('not_allowed account_post');
  });
});
