import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TimerCode, timerCodes } from '@/data/model/retention';
import { verifyLines } from '../audit/store';
import { type TestDatabase, testDatabase } from '../db/testing';
import { keepPhoto } from '../file/store';
import { runDueJobs } from '../job/worker';
import { type SourceName, selectOf, sources } from '../metric/source';
import { createCaller } from '../trpc/root';
import { lotRows, nightAfter, putNight, retentionJobs } from './run';

/** Half past two of the night after the demo's end. */
const dueAt = new Date('2026-11-22T18:30:00Z');
const ago = (days: number) => new Date(dueAt.getTime() - days * 86_400_000).toISOString();

test('the night begins at half past two on the clock of the installation', () => {
  const told = (at: string, zone: string) => {
    const { night, dueAt: begins } = nightAfter(new Date(at), zone);
    return [night, begins.toISOString()];
  };
  expect(told('2026-11-22T02:00:00Z', 'Asia/Shanghai')).toEqual(['2026-11-23', '2026-11-22T18:30:00.000Z']);
  expect(told('2026-11-22T18:29:00Z', 'Asia/Shanghai')).toEqual(['2026-11-23', '2026-11-22T18:30:00.000Z']);
  expect(told('2026-11-22T18:30:00Z', 'Asia/Shanghai')).toEqual(['2026-11-24', '2026-11-23T18:30:00.000Z']);
  expect(told('2026-03-28T20:00:00Z', 'Europe/Berlin')).toEqual(['2026-03-29', '2026-03-29T01:30:00.000Z']);
});

test('each timer has its rule in the list, and each rule with days its timer, within the limits it names', () => {
  const rows: Record<string, string>[] = parse(readFileSync('data/dictionaries/retention.csv'), { columns: true });
  expect(rows.filter(({ days }) => days).map(({ code }) => code)).toEqual([...timerCodes]);
  for (const { code, act, days, least_days, most_days, why_zh } of rows) {
    expect([code, why_zh !== '', act === 'keep'], code).toEqual([code, true, days === '']);
    expect(days === '' || (Number(least_days) <= Number(days) && Number(days) <= Number(most_days)), code).toBe(true);
  }
});

describe('a night', () => {
  let database: TestDatabase;
  const home = mkdtempSync(join(tmpdir(), 'gridhall-retention-'));
  beforeAll(async () => {
    database = await testDatabase({ demo: 'tiny' });
    vi.stubEnv('GRIDHALL_HOME', home);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await database.end();
    rmSync(home, { recursive: true, force: true });
  });

  const ids = async (text: string): Promise<string[]> =>
    (await database.connection.sql.unsafe<{ id: string }[]>(text)).map(({ id }) => String(id));
  const run = () => runDueJobs(database.connection, retentionJobs, { clock: dueAt });
  const files = () =>
    readdirSync(home, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && /webp|jpg/.test(entry.name),
    );

  /** What every figure rests on, table by table. */
  const sourcePrints = async () => {
    const prints: Record<string, string> = {};
    for (const name of Object.keys(sources) as SourceName[]) {
      const [row] = await database.connection.sql.unsafe<{ print: string }[]>(
        `select md5(string_agg(t::text, '|' order by t::text)) as print from (${selectOf(name)}) t`,
      );
      prints[name] = row?.print ?? '';
    }
    return prints;
  };

  /** For each rule a row that is due and one that is not: SQL that tells which are left as they were. */
  const strew = async (): Promise<Record<TimerCode, string>> => {
    const { sql } = database.connection;
    const [old = '', young = '', open = ''] = await ids(`
      (select id from event where closed_at < '${ago(120)}' order by id limit 1) union all
      (select id from event where closed_at > '${ago(60)}' order by id limit 1) union all
      (select id from event where closed_at is null and status not in ('S21', 'S90', 'S80') order by id limit 1)`);
    for (const id of [old, young, open])
      await sql`insert into public_contact values (${id}, 'sealed'::bytea) on conflict do nothing`;
    const [worker = ''] = await ids('select id from worker order by id limit 1');
    for (const days of [6.9, 7.1])
      await sql`insert into worker_position (worker_id, at, lng, lat) values (${worker}, ${ago(days)}, 114.5, 22.5)`;
    const picture = (width: number) =>
      sharp({ create: { width, height: 40, channels: 3, background: '#24607a' } })
        .jpeg()
        .toBuffer();
    const kept = await Promise.all(
      [61, 62, 63, 64].map(async (width) => keepPhoto(database.connection, 'x', await picture(width))),
    );
    const [orphan, fresh, ofOld, ofYoung] = kept.map(({ id }) => id);
    await sql`update file set created_at = ${ago(1.1)} where id = ${orphan ?? ''}`;
    await sql`update file set created_at = ${ago(0.5)} where id = ${fresh ?? ''}`;
    await sql`update file set event_id = ${old}, step = 1 where id = ${ofOld ?? ''}`;
    await sql`update file set event_id = ${young}, step = 1 where id = ${ofYoung ?? ''}`;
    // two years and a day, as the list has it
    await sql`update event set closed_at = ${ago(731)}, status_at = ${ago(731)} where id = ${old}`;
    const [ended, running] = [randomUUID(), randomUUID()];
    const [dispute] = await sql`select * from dispute order by id limit 1`;
    for (const [root, endedAt] of [
      [ended, ago(1_096)],
      [running, null],
    ]) {
      await sql`insert into dispute ${sql({ ...dispute, id: root, number: root, root_id: root, ended_at: endedAt, client_key: root })}`;
      await sql`insert into dispute_party (root_id, seq, round, side, kind, sealed) values
        (${root ?? ''}, 1, 1, 'applicant', 'person', '王小明'), (${root ?? ''}, 2, 1, 'respondent', 'entity', '某公司')`;
    }
    const [leaver = '', stayer = ''] = await ids('select id from volunteer where left_at is null order by id limit 2');
    await sql`update volunteer set left_at = ${ago(366)} where id = ${leaver}`;
    const people = await ids(`select p.id from person p where phone_sealed is not null
      and (select count(*) from residence r where r.person_id = p.id) = 1
      and not exists (select from care c where c.person_id = p.id) order by p.id limit 3`);
    const [gone = '', back = '', here = ''] = people;
    await sql`update residence set from_on = '2020-01-01', to_on = ${ago(366)}::date where person_id in ${sql([gone, back])}`;
    await sql`insert into residence (id, person_id, dwelling_code, relation, from_on)
      select max(id) + 1, ${back}, min(dwelling_code), '1', '2026-01-01' from residence`;
    const cares = await ids(
      'select care_id as id from care_visit where visited_at is not null group by 1 order by 1 limit 2',
    );
    const [careOld = ''] = cares;
    await sql.unsafe('alter table care_visit disable trigger care_visit_told_once');
    await sql`update care_visit set note = '需要助浴' where care_id in ${sql(cares)}`;
    await sql.unsafe('alter table care_visit enable trigger care_visit_told_once');
    await sql`update care set to_on = ${ago(1_096)}::date where id = ${careOld}`;
    for (const care of cares)
      await sql`insert into care_attempt (client_key, care_id, seq, at, note, actor_id)
        values (${randomUUID()}, ${care}, 1, ${ago(1_200)}, '邻居说去住院了', 'R5:x')`;
    const [left = ''] = await ids(`select p.id from person p where phone_sealed is null
      and (select count(*) from residence r where r.person_id = p.id) = 1
      and not exists (select from care c where c.person_id = p.id) order by p.id limit 1`);
    await sql`update residence set from_on = '2015-01-01', to_on = ${ago(1_096)}::date where person_id = ${left}`;
    const lists = [randomUUID(), randomUUID()];
    for (const [i, id] of lists.entries()) {
      await sql`insert into address_batch (id, name, checksum, n_rows, n_positions, division_code, path, at, actor_id, actor_role)
        values (${id}, 'x', 'x', 1, 1, 'DP', '/44/4403/DP/', ${ago(i === 0 ? 366 : 364)}, 'R2:DP', 'R2')`;
      await sql`insert into address_record values (${id}, 2, '葵涌街道某路 1 号', 114.5, 22.5)`;
    }
    await sql`insert into account (id, name, email, email_verified, username, created_at, updated_at)
      values ('a', 'A', 'a@x', false, 'a.a', now(), now())`;
    for (const days of [179, 181]) {
      await sql`insert into account_session (id, token, user_id, expires_at, created_at, updated_at)
        values (${`s${days}`}, ${`t${days}`}, 'a', ${ago(days)}, now(), now())`;
      await sql`insert into account_failure (name_hash, n, at) values (${`f${days}`}, 1, ${ago(days)})`;
    }
    for (const days of [29, 31])
      await sql`insert into wall_device values (${`d${days}`}, 'h', 'w', 'R2:DP', ${ago(days)})`;
    return {
      track: `select count(*) as id from worker_position where worker_id = '${worker}' and at in ('${ago(6.9)}', '${ago(7.1)}')`,
      upload: `select id from file where id in ('${orphan}', '${fresh}')`,
      photo: `select id from file where id in ('${ofOld}', '${ofYoung}')`,
      contact: `select event_id as id from public_contact where event_id in ('${old}', '${young}', '${open}') order by 1`,
      party: `select convert_from(sealed, 'UTF8') as id from dispute_party where root_id in ('${ended}', '${running}') order by 1`,
      volunteer: `select id from volunteer where sealed <> '' and id in ('${leaver}', '${stayer}')`,
      phone: `select id from person where phone_sealed is not null and phone_mark is not null
        and id in (${gone}, ${back}, ${here}) order by id`,
      'care-note': `select distinct care_id as id from care_visit where note = '需要助浴'`,
      identity: `select id from person where length(name_sealed) > 29 and length(id_number_sealed) > 29
        and id in (${gone}, ${here}, ${left}) order by id`,
      'care-attempt': `select care_id as id from care_attempt where note <> '' order by 1`,
      list: `select batch_id as id from address_record where address <> '' and lng is not null
        and batch_id in ('${lists.join("', '")}')`,
      'sign-in': `select id from account_session where user_id = 'a' order by id`,
      failure: `select name_hash as id from account_failure order by 1`,
      device: `select id from wall_device order by 1`,
    };
  };

  test('what is due by each rule goes, all else and every figure stays, and the audit says how much', async () => {
    const { connection } = database;
    const left = await strew();
    const before: Record<string, string[]> = {};
    for (const [rule, text] of Object.entries(left)) before[rule] = await ids(text);
    const prints = await sourcePrints();
    const nFiles = files().length;
    await putNight(connection.db, new Date('2026-11-22T03:00:00Z'));
    expect(await run()).toBeGreaterThan(timerCodes.length);

    for (const rule of timerCodes) {
      const [was = [], is] = [before[rule], await ids(left[rule])];
      if (rule === 'track') expect([was, is], rule).toEqual([['2'], ['1']]);
      else if (rule === 'party') expect(is, rule).toEqual(['', '某公司', '某公司', '王小明']);
      else expect([is.length, was.length], rule).toEqual([was.length - 1, was.length]);
      if (rule === 'phone' || rule === 'contact') expect(is, rule).toEqual(was.filter((id) => is.includes(id)));
    }
    expect(files().length).toBe(nFiles - 4);
    expect(await sourcePrints()).toEqual(prints);

    const lots = await connection.sql<{ rule: string; n: number }[]>`
      select rule, sum(n_rows)::int as n from retention_lot where night = '2026-11-23' group by 1`;
    expect(lots.map(({ rule }) => rule).sort()).toEqual([...timerCodes].sort());
    const [line] = await connection.sql`select * from audit_line order by seq desc limit 1`;
    expect(line).toMatchObject({ action: 'retention.run', subject: '2026-11-23', actor_id: 'system' });
    expect(line?.n_rows).toBe(lots.reduce((total, { n }) => total + n, 0));
    for (const { rule, n } of lots) expect(line?.purpose.split(', ')).toContain(`${rule} ${n}`);
    expect(await verifyLines(connection)).toMatchObject({ brokenAt: null });
    expect(await ids(`select key as id from job where kind = 'retention' and state = 'waiting'`)).toEqual([
      '2026-11-24/0',
    ]);
  });

  test('asked for again the night does nothing twice; the next finds nothing and says so', async () => {
    const { connection } = database;
    await putNight(connection.db, new Date('2026-11-22T03:00:00Z'));
    expect(await run()).toBe(0);
    const later = new Date(dueAt.getTime() + 86_400_000);
    await connection.sql`delete from worker_position where at < ${new Date(later.getTime() - 7 * 86_400_000).toISOString()}`;
    await connection.sql`update file set created_at = ${later.toISOString()} where event_id is null`;
    await runDueJobs(connection, retentionJobs, { clock: later });
    const [line] = await connection.sql`select * from audit_line order by seq desc limit 1`;
    expect(line).toMatchObject({ action: 'retention.run', subject: '2026-11-24', n_rows: 0, purpose: '' });
  });

  test('a visit that is told may be emptied by its time and changed by nobody', async () => {
    const { sql } = database.connection;
    const [visit] = await sql`select care_id, seq from care_visit where visited_at is not null and note <> '' limit 1`;
    const of = sql`where care_id = ${visit?.care_id} and seq = ${visit?.seq}`;
    await expect(sql`update care_visit set note = 'x' ${of}`).rejects.toThrow('told already');
    await expect(sql`update care_visit set note = '', result = 'well', actor_id = 'x' ${of}`).rejects.toThrow(
      'told already',
    );
    await sql`insert into care_attempt (client_key, care_id, seq, at, note, actor_id)
      values (${randomUUID()}, ${visit?.care_id}, 1, now(), '无人应门', 'R5:x')`;
    await expect(sql`update care_attempt set note = 'x' where note = '无人应门'`).rejects.toThrow('told already');
    await expect(sql`delete from care_attempt`).rejects.toThrow('kept as they were written');
    await expect(sql`update retention_lot set n_rows = 0`).rejects.toThrow('kept as they were written');
  });
});

test('killed between lots, a run goes on where it was and counts each row once', async () => {
  const database = await testDatabase({ demo: 'tiny' });
  const { connection } = database;
  const nOld = 30 * lotRows;
  await connection.sql`insert into worker_position (worker_id, at, lng, lat)
    select 'W', now() - interval '30 days' - make_interval(secs => i), 114.5, 22.5 from generate_series(1, ${nOld}) i`;
  await connection.sql`update job set state = 'void' where state = 'waiting'`;
  await putNight(connection.db, new Date(Date.now() - 2 * 86_400_000));
  const nPositions = async () => (await connection.sql`select from worker_position`).length;
  const nAll = await nPositions();
  const nLots = async () => (await connection.sql`select from retention_lot`).length;
  let nKills = 0;
  for (const wanted of [1, 6, 14]) {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/retention/testing-worker.ts', database.url]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await expect.poll(nLots, { timeout: 30_000, interval: 5 }).toBeGreaterThanOrEqual(wanted);
    child.kill('SIGKILL');
    await ended;
    if ((await connection.sql`select from worker_position where worker_id = 'W' limit 1`).length > 0) nKills += 1;
  }
  expect(nKills).toBeGreaterThan(0);
  await expect
    .poll(
      async () => {
        await runDueJobs(connection, retentionJobs);
        return (await connection.sql`select from audit_line where action = 'retention.run'`).length;
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(1);
  const [{ n = 0 } = {}] = await connection.sql<{ n: number }[]>`
    select sum(n_rows)::int as n from retention_lot where rule = 'track'`;
  expect(n).toBe(nAll - (await nPositions()));
  expect((await connection.sql`select from worker_position where worker_id = 'W'`).length).toBe(0);
  expect(await verifyLines(connection)).toMatchObject({ brokenAt: null });
  await database.end();
});

test('a rule is changed from a day on, within its limits, by who keeps the rules; the night goes by the one in force', async () => {
  const database = await testDatabase({ demo: 'tiny' });
  const { connection } = database;
  const caller = (role: 'R2' | 'R8' | 'R9' | 'R10', division = 'DP', path = '/44/4403/DP/') =>
    createCaller({
      connection,
      scope: { division, path, level: 'district', role, screen: 'mid', post: division, actorId: `${role}:${division}` },
    }).retention;
  const { timers, kept, nextAt, mayKeep } = await caller('R9').list();
  expect([timers.map(({ code }) => code), mayKeep, nextAt]).toEqual([[...timerCodes], true, null]);
  expect(kept.map(({ code }) => code)).toContain('proof');
  const [version] = await caller('R8').history({ code: 'track' });
  const draft = {
    code: 'track' as const,
    seen: version?.from ?? '',
    note: '缩短轨迹保存',
    from: '2026-12-24',
    days: 3,
  };
  await expect(caller('R8').change(draft)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(caller('R9').change({ ...draft, days: 31 })).rejects.toMatchObject({
    cause: { params: { fault: 'days' } },
  });
  const from = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await caller('R9').change({ ...draft, from });
  expect((await caller('R10').history({ code: 'track' })).map(({ days }) => days)).toEqual([3, 7]);
  expect((await caller('R9').list()).timers.find(({ code }) => code === 'track')?.days).toBe(7);
  const begun = new Date(Date.parse(`${from}T12:00:00Z`));
  const old = (days: number) => new Date(begun.getTime() - days * 86_400_000).toISOString();
  await connection.sql`delete from worker_position`;
  for (const days of [2, 4, 8])
    await connection.sql`insert into worker_position (worker_id, at, lng, lat) values ('W', ${old(days)}, 114.5, 22.5)`;
  await putNight(connection.db, new Date(begun.getTime() - 2 * 86_400_000));
  await runDueJobs(connection, retentionJobs, { clock: begun });
  expect((await connection.sql`select at from worker_position`).map(({ at }) => new Date(at).toISOString())).toEqual([
    old(2),
  ]);
  await database.end();
});
