import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rentalGrades } from '@/data/model/rental';
import { resolveScope } from '../access/store';
import { type TestDatabase, testDatabase } from '../db/testing';
import { turnsAnHour } from '../intake/turn';
import { readPlain } from '../person/testing';
import { look, one, themeCaller } from '../theme/testing';
import { createCaller } from '../trpc/root';
import { handleGrade, handleSlip } from './http';
import { rateHome } from './store';

type Resident = { id: number; code: string; building: string; grid: string; dwelling: string };

let database: TestDatabase;
let resident: Resident;
let own: { code: string; name: string; idNumber: string };

const findResident = (use: string) =>
  one<Resident>(
    database.connection,
    sql`select r.person_id::int as id, d.code, b.code as building, b.grid_code as grid, r.id::text as dwelling
      from residence r join dwelling d on d.code = r.dwelling_code join building b on b.code = d.building_code
      where d.house_use = ${use} and r.to_on is null and r.from_on < now() - interval '1 year'
        and not exists (select from event e where e.building_code = b.code and e.closed_at is null)
      order by r.id limit 1`,
  );
const sayOf = async ({ id, code }: Resident) => {
  const plain = (await readPlain(database.connection)).find((person) => person.id === id);
  return { code, name: plain?.name ?? '', idNumber: plain?.id_number ?? '' };
};

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  vi.stubGlobal('gridhallConnection', database.connection);
  resident = await findResident('2');
  own = await sayOf(resident);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await database.end();
});

let nAddress = 0;
const post = (body: unknown, address = `10.1.0.${nAddress++}`) =>
  new Request('http://localhost/api/public/home', {
    ...{ method: 'POST', body: JSON.stringify(body) },
    headers: { 'x-gridhall-address': address },
  });
const read = async (answer: Response) => ({ status: answer.status, body: await answer.json() });
const slip = async (body: object, address?: string) => read(await handleSlip(post(body, address)));
const grade = async (code: unknown) => read(await handleGrade(post({ code })));

const hazard = async (dwelling: string | null, category = '0101', level = 1) => {
  const id = crypto.randomUUID();
  await database.connection.db.execute(sql`
    insert into event (id, number, title, category_code, category_l1, level, source_code, status, building_code, dwelling_code,
      reported_at, accepted_at, status_at)
    values (${id}, ${id}, 'x', ${category}, ${category.slice(0, 2)}, ${level}, '01', 'S40', ${resident.building}, ${dwelling},
      now(), now(), now())`);
  return () => database.connection.db.execute(sql`delete from event where id = ${id}`);
};

describe('the grade of a home', () => {
  test('by its code: address and grade, nothing of people or points', async () => {
    const { status, body } = await grade(own.code);
    expect([status, Object.keys(body).sort()]).toEqual([200, ['address', 'grade', 'room']]);
    expect(rentalGrades).toContain(body.grade);
  });

  test('a home that is not let has none; an unknown code, or one of the wrong form, is told', async () => {
    const owned = await findResident('1');
    expect((await grade(owned.code)).body.grade).toBeNull();
    expect(await grade('9999999999999999999999999')).toMatchObject({
      status: 400,
      body: { reason: 'dwelling_unknown' },
    });
    for (const wrong of ["1' or '1'='1", '', 7, null]) expect((await grade(wrong)).status).toBe(400);
  });

  test('a hazard next door counts for nobody here, one of the stairs for all', async () => {
    const before = (await rateHome(database.connection.db, own.code))?.score ?? 0;
    const near = await hazard(`${own.code.slice(0, -1)}x`);
    expect((await rateHome(database.connection.db, own.code))?.score).toBe(before);
    const stairs = await hazard(null);
    const after = await rateHome(database.connection.db, own.code);
    expect(after?.losses.find(({ factor }) => factor === 'fire_hazard')?.lost).toBe(25);
    expect(after?.score).toBe(before - 25);
    await near();
    await stairs();
    expect((await rateHome(database.connection.db, own.code))?.score).toBe(before);
  });
});

test('an installation whose list is older learns what its factors count', async () => {
  const { connection } = database;
  const factors = () => connection.sql`select code, attrs from term where list = 'rental-rating-factor' order by code`;
  const before = [...(await factors())];
  expect(before).toHaveLength(7);
  await connection.sql`update term set attrs = attrs - 'categories' - 'months' where list = 'rental-rating-factor'`;
  expect([...(await factors())]).not.toEqual(before);
  await connection.sql.unsafe(readFileSync('server/db/migrations/0036_rental_factor.sql', 'utf8'));
  expect([...(await factors())]).toEqual(before);
});

describe('the slip of a residence', () => {
  test('for home, name and number together; masked, and kept in the audit', async () => {
    const { status, body } = await slip(own);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(own.name);
    expect(JSON.stringify(body)).not.toContain(own.idNumber);
    expect(body.rating.losses).toHaveLength(7);
    const kept = await one<{ action: string; role: string; subject: string }>(
      database.connection,
      sql`select action, role, subject from audit_line order by seq desc limit 1`,
    );
    expect(kept).toEqual({ action: 'home.slip', role: 'public', subject: `residence ${resident.dwelling}` });
  });

  test('whatever is wrong, the answer is the same, and no line is kept', async () => {
    const lines = () => one<{ seq: string }>(database.connection, sql`select max(seq) as seq from audit_line`);
    const [before, elsewhere] = [await lines(), await findResident('1')];
    const answers = [
      await slip({ ...own, name: '张三丰' }),
      await slip({ ...own, idNumber: '440307199001010011' }),
      await slip({ ...own, code: elsewhere.code }),
      await slip({ ...own, code: '9999999999999999999999999' }),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 400, body: { reason: 'home_unmatched' } });
    expect(await lines()).toEqual(before);
  });

  test('a home can be tried so often in an hour and no more, from wherever', async () => {
    const other = await sayOf(await findResident('1'));
    for (let i = 0; i < turnsAnHour.slip; i++) await slip({ ...other, idNumber: `44030719900101${1000 + i}` });
    expect(await slip(other)).toMatchObject({ body: { reason: 'rate' } });
  });
});

describe('at the desk', () => {
  test('homes are searched by grade: the four grades together are all let homes', async () => {
    const caller = await themeCaller(database.connection, 'R5', resident.grid);
    const found = async (conditions: object) =>
      (await caller.list({ ...look, theme: 'dwelling', conditions })).rows.map(({ id }) => id);
    const undo = await hazard(own.code);
    const byGrade = await Promise.all(rentalGrades.map((rating) => found({ rating })));
    for (const [i, rating] of rentalGrades.entries())
      for (const code of byGrade[i]?.slice(0, 3) ?? [])
        expect((await rateHome(database.connection.db, code))?.grade).toBe(rating);
    expect(byGrade[1]).toContain(own.code);
    expect(byGrade.flat().sort()).toEqual((await found({ houseUse: '2' })).sort());
    await undo();
  });

  test('the card of a home tells each factor; who gets figures alone is not told', async () => {
    const open = await resolveScope(database.connection, { badge: undefined, screen: 'mid' });
    const cardOf = (role: 'R5' | 'R7') =>
      createCaller({ scope: { ...open, role }, connection: database.connection }).place.dwellingByCode({
        code: own.code,
      });
    expect((await cardOf('R5')).rating).toEqual(await rateHome(database.connection.db, own.code));
    expect((await cardOf('R7')).rating).toBeNull();
  });
});
