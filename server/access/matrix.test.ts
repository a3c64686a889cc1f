import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles, type ScreenKey, screenKeys } from '@/data/model/scope';
import { supervision_ticket, whistle, whistle_department } from '../db/schema';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, dwellingsOf, grids, loadTown, townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';

/** Posts below the root, each with the grids it may see. */
const territories: [string, readonly string[]][] = [
  ['DP', grids],
  ['440307009', grids.slice(0, 3)],
  ['440307010', grids.slice(3)],
  ['440307009015', grids.slice(0, 2)],
  [grids[0], grids.slice(0, 1)],
];

/** Column `identity` of role.csv by role. */
const listed: { code: string; identity: string }[] = parse(readFileSync('data/dictionaries/role.csv', 'utf8'), {
  columns: true,
});
const identities = new Map(listed.map(({ code, identity }) => [code, identity]));
const isTold = (role: Role, screen: ScreenKey, what: string[]): boolean =>
  screen !== 'big' && what.includes(identities.get(role) ?? '');
const seesPeople = (role: Role, screen: ScreenKey): boolean => isTold(role, screen, ['masked', 'own_grid']);
const seesRows = (role: Role, screen: ScreenKey): boolean => isTold(role, screen, ['masked', 'own_grid', 'own_case']);
const noon = '2026-11-22T04:00:00Z';
const personal = /王小|李大|1380000|440307198/;

describe.each(servers())('rights of every role on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
  });
  afterAll(() => database.end());

  const everyone = territories.flatMap(([division, own]) =>
    roles.flatMap((role) => screenKeys.map((screen) => ({ division, own, role, screen }))),
  );
  const callerFor = ({ role, division, screen }: (typeof everyone)[number]) =>
    createCaller({ scope: townScope(role, division, screen), connection: database.connection });

  test('buildings and dwellings: own territory only', async () => {
    for (const who of everyone) {
      const caller = callerFor(who);
      for (const grid of grids) {
        const card = () => caller.place.buildingByCode({ code: buildingOf(grid) });
        const room = () => caller.place.dwellingByCode({ code: dwellingsOf(grid)[0] });
        const isWall = who.screen === 'big';
        if (who.own.includes(grid)) expect((await card()).dwellings).toHaveLength(isWall ? 0 : 2);
        else await expect(card()).rejects.toMatchObject({ code: 'NOT_FOUND' });
        if (isWall) await expect(room()).rejects.toMatchObject({ code: 'FORBIDDEN' });
        else if (who.own.includes(grid)) expect((await room()).building.grid).toBe(grid);
        else await expect(room()).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
    }
  });

  test('residents: masked for those who work there, nothing for the rest, never on a wall', async () => {
    await database.connection.sql`
      update event set dwelling_code = (select min(code) from dwelling where building_code = event.building_code)`;
    for (const who of everyone) {
      const grid = who.own[0] ?? '';
      const caller = callerFor(who);
      const card = await caller.place.buildingByCode({ code: buildingOf(grid) });
      const isWall = who.screen === 'big';
      const room = isWall ? null : await caller.place.dwellingByCode({ code: dwellingsOf(grid)[0] });
      const counts = card.dwellings.map((row) => row.nResidents);
      const is = seesPeople(who.role, who.screen);
      expect(counts, JSON.stringify(who)).toEqual(isWall ? [] : is ? [1, 2] : [null, null]);
      if (isWall) expect(card.entities).toEqual([]);
      expect(room?.residents?.map((r) => [r.name, r.phone, r.ageBand]) ?? null).toEqual(
        is
          ? [
              ['王**', '138****5521', '45-49'],
              ['王**', null, '10-14'],
            ]
          : null,
      );
      expect(card.openEvents.map((e) => [e.id, e.dwelling])).toEqual(
        seesRows(who.role, who.screen) && grid !== grids[3]
          ? [[`E${grids.indexOf(grid as never)}`, dwellingsOf(grid as (typeof grids)[number])[0]]]
          : [],
      );
      const recent = card.recentEvents.map((e) => e.id);
      expect(recent).toEqual(expect.arrayContaining(card.openEvents.map((e) => e.id)));
      if (!seesRows(who.role, who.screen)) expect(recent).toEqual([]);
      expect(JSON.stringify([card, room])).not.toMatch(personal);
    }
  });

  test('tree, blocks and cover of a point end at the border', async () => {
    for (const who of everyone) {
      const caller = callerFor(who);
      const tree = await caller.division.tree();
      expect(tree.filter((n) => n.level === 'grid').map((n) => n.code)).toEqual(who.own);
      expect(tree.slice(0, 3).map((n) => n.code)).toEqual(['44', '4403', 'DP']);
      for (const [index, grid] of grids.entries()) {
        const blocks = await caller.division.blocks({ grid });
        expect(blocks).toHaveLength(who.own.includes(grid) ? 1 : 0);
        const position = [
          [114.5025, 22.5225],
          [114.5075, 22.5225],
          [114.525, 22.525],
          [114.51, 22.51],
        ][index] as [number, number];
        const cover = () => caller.division.covering({ position });
        if (!who.own.includes(grid)) {
          await expect(cover()).rejects.toMatchObject({ code: 'NOT_FOUND' });
          continue;
        }
        const { lines, ...rest } = await cover();
        expect(rest).toMatchObject({ grid, block: `${grid}-1` });
        const fire = { line: 'P01', worker: seesRows(who.role, who.screen) ? '李**' : null };
        expect(lines).toMatchObject(index < 3 ? [fire] : []);
      }
    }
  });

  test('search, duty and assets: own rows only', async () => {
    for (const who of everyone) {
      const caller = callerFor(who);
      const isRows = seesRows(who.role, who.screen);
      const buildings = await caller.search.find({ text: '老邮局' });
      expect(buildings.map((hit) => hit.code)).toEqual(who.own.map(buildingOf));
      const events = await caller.search.find({ text: 'DP20261122' });
      expect(events.map((hit) => hit.code).sort()).toEqual(
        isRows ? who.own.map((grid) => `E${grids.indexOf(grid as never)}`) : [],
      );
      const room = await caller.search.find({ text: dwellingsOf(grids[0])[1] });
      const isDoor = who.own.includes(grids[0]) && who.screen !== 'big';
      expect(room.map((hit) => hit.kind)).toEqual(isDoor ? ['dwelling'] : []);
      const { points } = await caller.asset.points({});
      expect(points.filter((p) => p.group === 'force')).toHaveLength(isRows ? who.own.length : 0);
      expect(points.filter((p) => p.group === 'base')).toHaveLength(who.own.length);
      const duty = () => caller.workforce.onDuty({ at: noon });
      if (!isRows) {
        await expect(duty()).rejects.toMatchObject({ code: 'FORBIDDEN' });
        continue;
      }
      const shifts = await duty();
      expect(shifts.map((row) => row.grid).sort()).toEqual([...who.own]);
      expect(JSON.stringify([buildings, events, room, shifts])).not.toMatch(personal);
    }
  });

  test('events: own territory, without their building where the role gets aggregates', async () => {
    const question = { division: null, period: 'all' as const, at: null, filters: [] };
    for (const who of everyone) {
      const { rows } = await callerFor(who).event.list({ question });
      expect(rows.map((row) => row.grid).sort()).toEqual([...who.own]);
      for (const row of rows)
        expect(row.building, JSON.stringify(who)).toBe(
          seesRows(who.role, who.screen) ? buildingOf(row.grid ?? '') : null,
        );
    }
  });

  test('grid workers are assessed before those who lead them, never on a wall', async () => {
    for (const who of everyone) {
      if (seesRows(who.role, who.screen)) continue;
      const { assessment } = callerFor(who);
      const subject = { level: 'worker' as const, period: '2026Q3', subject: 'W0' };
      await expect(assessment.scores({ level: 'worker' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(assessment.offline(subject)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(assessment.enter({ ...subject, item: 'site', points: 1, note: 'x1' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      await expect(assessment.appeal({ ...subject, item: 'on_time', reason: 'x1' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
  });

  test('exports: no wall reads any; those who lead read their territory, others their own', async () => {
    const caller = (who: (typeof everyone)[number]) => callerFor(who).export.list();
    const leads = ['R2', 'R3', 'R4', 'R8'];
    for (const who of everyone) {
      if (who.screen === 'big') await expect(caller(who)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      else expect(await caller(who)).toEqual({ isAll: leads.includes(who.role), rows: [] });
    }
  });

  test('own reports: read where one’s territory holds their place, changed by their owner alone, never on a wall', async () => {
    const blocks = [{ kind: 'figures' as const, metric: 'event.open', by: [], filters: [] }];
    const draft = (isShared: boolean) => ({
      name: 'r',
      isShared,
      blocks,
      division: '440307009',
      period: 'P7D' as const,
      at: null,
    });
    const owner = createCaller({ scope: townScope('R3', '440307009'), connection: database.connection }).report;
    const [open, own] = [await owner.save(draft(true)), await owner.save(draft(false))];
    const keepers = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'];
    for (const who of everyone) {
      const { report } = callerFor(who);
      if (who.screen === 'big' || !keepers.includes(who.role)) {
        await expect(report.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
        await expect(report.save(draft(true))).rejects.toMatchObject({ code: 'FORBIDDEN' });
        continue;
      }
      const isOwner = who.role === 'R3' && who.division === '440307009';
      const isAbove = ['DP', '440307009'].includes(who.division);
      const seen = (await report.list()).map(({ id }) => id).sort();
      expect(seen, JSON.stringify(who)).toEqual(isOwner ? [open.id, own.id].sort() : isAbove ? [open.id] : []);
      if (isOwner) continue;
      for (const { id } of isAbove ? [own] : [open, own])
        await expect(report.byId({ id, version: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      for (const { id } of [open, own]) {
        await expect(report.remove({ id, version: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(report.change({ ...draft(true), id, version: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
    }
  });

  test('dispatch: suggested to who sends, in their territory alone, and told to who works on cases', async () => {
    const outcome = (asked: Promise<unknown>) =>
      asked.then(
        () => 'TOLD',
        (error: { code: string }) => error.code,
      );
    for (const who of everyone) {
      const { dispatch } = callerFor(who);
      const may = (allowed: Role[]) => who.screen !== 'big' && allowed.includes(who.role);
      const there = who.own.includes(grids[0]) ? 'TOLD' : 'NOT_FOUND';
      const [suggested, told] = [
        await outcome(dispatch.suggest({ id: 'E0' })),
        await outcome(dispatch.routes({ id: 'E0' })),
      ];
      expect(suggested, JSON.stringify(who)).toBe(may(['R2', 'R3', 'R4']) ? there : 'FORBIDDEN');
      expect(told, JSON.stringify(who)).toBe(may(['R2', 'R3', 'R4', 'R5', 'R6']) ? there : 'FORBIDDEN');
      const { isKeeper } = await dispatch.rights();
      expect(isKeeper, JSON.stringify(who)).toBe(who.division === 'DP' && may(['R2', 'R9']));
    }
  });

  test('tickets, whistles and notices: own territory and own post, never on a wall', async () => {
    const { db } = database.connection;
    const at = new Date('2026-11-22T01:30:00Z');
    await db.insert(supervision_ticket).values(
      grids.map((_grid, i) => ({
        ...{ id: `D${i}`, number: `D${i}`, event_id: `E${i}`, subject: `order:${i}`, rung: 'ticket' as const },
        ...{ text: 'reply', opened_at: at, deadline_at: at },
      })),
    );
    const called = { sign_due_at: at, contact_due_at: at, arrive_due_at: at, department_code: 'XFJ' };
    await db.insert(whistle).values(
      grids.map((_grid, i) => ({
        ...{ id: `B${i}`, event_id: `E${i}`, kind: 'W1', reason: 'called', actor_id: 'R3:440307009', blown_at: at },
      })),
    );
    await db.insert(whistle_department).values(grids.map((_grid, i) => ({ ...called, whistle_id: `B${i}` })));
    const move = { version: 1, note: 'none of yours', deadlineAt: null };
    for (const who of everyone) {
      const { supervision, notice, job } = callerFor(who);
      const isWall = who.screen === 'big';
      const forbidden = { code: 'FORBIDDEN' };
      if (isWall || !['R2', 'R9'].includes(who.role)) await expect(job.dead()).rejects.toMatchObject(forbidden);
      const change = { seen: '2020-01-01T00:00:00Z', from: '2026-12-01', note: 'because' };
      const quiet = (['sms', 'wecom', 'push'] as const).map((code) => ({ code, quiet: null }));
      if (isWall || !['R2', 'R9'].includes(who.role)) {
        await expect(supervision.changePolicy({ ...change, rungs: [] })).rejects.toMatchObject(forbidden);
        await expect(notice.changeQuiet({ ...change, channels: quiet })).rejects.toMatchObject(forbidden);
      }
      if (isWall || !['R1', 'R2', 'R3', 'R4', 'R5', 'R6'].includes(who.role))
        await expect(notice.list()).rejects.toMatchObject(forbidden);
      else expect(await notice.list()).toMatchObject({ rows: [], unread: 0 });
      if (isWall || !['R1', 'R2', 'R3', 'R4', 'R5', 'R6'].includes(who.role)) {
        await expect(supervision.tickets({})).rejects.toMatchObject(forbidden);
        await expect(supervision.whistles({})).rejects.toMatchObject(forbidden);
        await expect(supervision.moveTicket({ ...move, id: 'D0', step: 'note' })).rejects.toMatchObject(forbidden);
        continue;
      }
      const own = who.own.map((grid) => grids.indexOf(grid as never));
      const tickets = await supervision.tickets({});
      expect(tickets.map(({ id }) => id).sort()).toEqual(own.map((i) => `D${i}`));
      expect(tickets.every(({ title }) => (title !== null) === seesRows(who.role, who.screen))).toBe(true);
      expect((await supervision.whistles({})).map(({ id }) => id).sort()).toEqual(own.map((i) => `B${i}`));
      for (const i of [0, 3].filter((each) => !own.includes(each))) {
        const lost = { code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/) };
        await expect(supervision.ticket({ id: `D${i}` })).rejects.toMatchObject(lost);
        await expect(supervision.moveTicket({ ...move, id: `D${i}`, step: 'note' })).rejects.toMatchObject(lost);
        const line = { id: `B${i}`, department: 'XFJ', version: 1, step: 'sign' as const };
        await expect(supervision.moveWhistle(line)).rejects.toMatchObject(lost);
      }
    }
    const stored = await db.select({ version: supervision_ticket.version }).from(supervision_ticket);
    expect(stored.map(({ version }) => version)).toEqual([1, 1, 1, 1]);
  });

  test('intake: who accepts reads contacts and devices, who acts gets tasks and guesses, a wall none of it', async () => {
    const acts = ['R2', 'R3', 'R4', 'R5', 'R6'];
    const accepts = ['R2', 'R3', 'R4'];
    for (const who of everyone) {
      const caller = callerFor(who);
      const refused = { code: 'FORBIDDEN' };
      const isActing = who.screen !== 'big' && acts.includes(who.role);
      const isAccepting = who.screen !== 'big' && accepts.includes(who.role);
      const merge = () => caller.event.merge({ id: 'E3', version: 9, into: 'E0' });
      const contact = (id: string) => caller.intake.contact({ id, purpose: 'call back' });
      if (!isActing) {
        await expect(caller.event.tasks({})).rejects.toMatchObject(refused);
        await expect(caller.intake.guess({})).rejects.toMatchObject(refused);
        await expect(caller.event.similar({ position: [114.5, 22.5], category: '0101' })).rejects.toMatchObject(
          refused,
        );
      } else {
        const { tasks } = await caller.event.tasks({});
        expect(tasks.map(({ grid }) => grid).every((grid) => who.own.includes(grid ?? ''))).toBe(true);
      }
      if (!isAccepting) {
        await expect(contact('E0')).rejects.toMatchObject(refused);
        await expect(caller.sensor.list()).rejects.toMatchObject(refused);
        await expect(merge()).rejects.toMatchObject(refused);
        continue;
      }
      for (const [index, grid] of grids.entries())
        if (who.own.includes(grid)) expect(await contact(`E${index}`)).toEqual({ contact: null });
        else await expect(contact(`E${index}`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await caller.sensor.list()).toEqual([]);
    }
  });

  test('an asset query over budget says so', async () => {
    const caller = createCaller({ scope: townScope('R2', 'DP'), connection: database.connection });
    expect(await caller.asset.points({ groups: ['base'], budget: 3 })).toMatchObject({ isCut: true });
    const box = await caller.asset.points({ types: ['Z01'], bbox: [114.5, 22.5, 114.52, 22.52], budget: 4 });
    expect([box.points.map((p) => p.id), box.isCut]).toEqual([['Z01-3'], false]);
  });
});
