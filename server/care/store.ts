import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { LookPurpose } from '@/data/model/audit';
import type { CareAsk, CareCard, CareDue, CareResult, CareRow, Revealed } from '@/data/model/care';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { keepLook } from '../audit/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { building, dwelling, person } from '../db/schema';
import { inTerritory, narrowScope } from '../db/scope';
import { beyondScope } from '../db/scoped';
import { readInstallation, wordsIn } from '../dictionary/store';
import { localDay } from '../metric/period';
import { type Cipher, readCipher } from '../person/cipher';
import { ageBandOf, ageOn, maskName } from '../person/rules';
import { isIn, mayKeep, mayReveal, maySee, mayVisit, type Sensitivity } from './rules';
import { care, care_visit } from './table';

const mostListed = 300;
const revealMs = 10 * 60_000;

type Group = { code: string; sensitivity: Sensitivity; everyDays: number };

export const readGroups = async (db: Executor): Promise<Group[]> =>
  (await wordsIn(db, 'care-group')).map(({ code, attrs }) => ({
    code,
    sensitivity: (attrs.sensitivity ?? 'very_high') as Sensitivity,
    everyDays: Number(attrs.visit_every_days),
  }));

/** Groups whose persons the caller may be told of. */
export const seenGroups = async (db: Executor, scope: Scope): Promise<string[]> =>
  (await readGroups(db)).filter(({ sensitivity }) => maySee(scope, sensitivity)).map(({ code }) => code);

/** Visits that are still to be told. */
export const isOpenVisit = and(isNull(care_visit.visited_at), isNull(care_visit.voided_at));

/** What the last visit that was told found to be needed; a later one without a need closes it. */
const lastNeed = sql<string | null>`(
  select case when told.result = 'need' then told.note end from care_visit told
  where told.care_id = ${care.id} and told.visited_at is not null order by told.seq desc limit 1)`;

const rowColumns = {
  id: care.id,
  group: care.group_code,
  grid: care.grid_code,
  since: care.from_on,
  until: care.to_on,
  personId: person.id,
  name: person.name_sealed,
  phone: person.phone_sealed,
  birthOn: person.birth_on,
  place: building.name,
  placeEn: building.name_en,
  room: dwelling.room,
  seq: care_visit.seq,
  dueAt: care_visit.due_at,
  need: lastNeed,
};

type Stored = {
  id: string;
  group: string;
  grid: string | null;
  since: string;
  until: string | null;
  personId: number;
  name: Buffer;
  phone: Buffer | null;
  birthOn: string;
  place: string | null;
  placeEn: string | null;
  room: string | null;
  seq: number | null;
  dueAt: Date | null;
  need: string | null;
};

/** Which persons a list holds, those due soonest first: ids alone, nobody is read. */
const matching = async (db: Executor, where: SQL | undefined, { window }: CareAsk, at: Date): Promise<string[]> => {
  const rows = await db
    .select({ id: care.id, dueAt: care_visit.due_at, need: window === 'need' ? lastNeed : sql<null>`null` })
    .from(care)
    .leftJoin(care_visit, and(eq(care_visit.care_id, care.id), isOpenVisit))
    .where(where)
    .orderBy(asc(care_visit.due_at), asc(care.id));
  return rows.flatMap((row) => (isIn(window, row, at) ? [row.id] : []));
};

const selectRows = (db: Executor) =>
  db
    .select(rowColumns)
    .from(care)
    .innerJoin(person, eq(person.id, care.person_id))
    .leftJoin(dwelling, eq(dwelling.code, care.dwelling_code))
    .leftJoin(building, eq(building.code, care.building_code))
    .leftJoin(care_visit, and(eq(care_visit.care_id, care.id), isOpenVisit));

const nameOf = (cipher: Cipher, { personId, name }: Stored): string => cipher.open('name', personId, name);

const toRow = (cipher: Cipher, row: Stored, at: Date, day: string): CareRow => ({
  ...{ id: row.id, name: maskName(nameOf(cipher, row)), group: row.group },
  ageBand: ageBandOf(ageOn(row.birthOn, day)),
  ...{ grid: row.grid, place: row.place ?? '', placeEn: row.placeEn ?? '' },
  ...{ room: row.room ?? '', seq: row.seq },
  dueAt: row.dueAt?.toISOString() ?? null,
  isOverdue: row.dueAt !== null && row.dueAt < at,
  need: row.need,
});

/**
 * Persons of the register in the caller's territory, those due soonest first, masked, at most 300; the look is kept in the
 * audit. `not_allowed` for posts that get aggregates and on every wall.
 */
export const listCare = async (
  connection: Connection,
  scope: Scope,
  ask: CareAsk,
): Promise<{ rows: CareRow[]; total: number }> =>
  connection.db.transaction(async (tx) => {
    const groups = (await seenGroups(tx, scope)).filter((code) => ask.group === null || code === ask.group);
    if (groups.length === 0) throw new Problem('not_allowed', `Role ${scope.role} is told of no person in care here.`);
    const at = await clockNow(tx);
    const area = await narrowScope(tx, scope, ask.division);
    const { timeZone } = await readInstallation(tx);
    const day = localDay(at, timeZone);
    const where = and(isNull(care.to_on), inArray(care.group_code, groups), await inTerritory(tx, area, care));
    // the policies over all there are cost seconds: they hold for those that are told, which are read under them
    const ids = await matching(beyondScope(connection).db, where, ask, at);
    const told = await selectRows(tx)
      .where(and(inArray(care.id, ids.slice(0, mostListed)), where))
      .orderBy(asc(care_visit.due_at), asc(care.id));
    const subject = [area.division, ask.group ?? '*', ask.window].join(' ');
    await keepLook(tx, scope, at, { action: 'care.list', subject, purpose: ask.purpose, nRows: told.length });
    const cipher = await readCipher();
    return { rows: told.map((row) => toRow(cipher, row, at, day)), total: ids.length };
  });

/** How many visits of the caller's territory are past due, and how many due within a week; figures, nobody by name. */
export const countDue = async ({ db }: Connection, scope: Scope): Promise<CareDue> => {
  const at = await clockNow(db);
  const groups = await seenGroups(db, scope);
  if (groups.length === 0) return { overdue: 0, week: 0 };
  const rows = await db
    .select({ dueAt: care_visit.due_at })
    .from(care_visit)
    .innerJoin(care, eq(care.id, care_visit.care_id))
    .where(and(isOpenVisit, inArray(care.group_code, groups), await inTerritory(db, scope, care)));
  const nIn = (window: 'overdue' | 'week') =>
    rows.filter(({ dueAt }) => isIn(window, { dueAt, need: null }, at)).length;
  return { overdue: nIn('overdue'), week: nIn('week') };
};

/** The register's row of an id in the caller's territory and groups; `not_found` for any other, so that none can be guessed. */
export const readOne = async (tx: Executor, scope: Scope, id: string): Promise<Stored> => {
  const groups = await seenGroups(tx, scope);
  const unknown = new Problem('not_found', `No person ${id} of the register in your territory.`, { id });
  if (groups.length === 0) throw unknown;
  const [row] = await selectRows(tx).where(
    and(eq(care.id, id), inArray(care.group_code, groups), await inTerritory(tx, scope, care)),
  );
  if (!row) throw unknown;
  return row;
};

/** One person of the register with his visits, masked; the look is kept in the audit. */
export const readCare = async ({ db }: Connection, scope: Scope, id: string, purpose: LookPurpose): Promise<CareCard> =>
  db.transaction(async (tx) => {
    const row = await readOne(tx, scope, id);
    const at = await clockNow(tx);
    const { timeZone } = await readInstallation(tx);
    const visits = await tx
      .select()
      .from(care_visit)
      .where(and(eq(care_visit.care_id, id), isNull(care_visit.voided_at)))
      .orderBy(desc(care_visit.seq));
    await keepLook(tx, scope, at, { action: 'care.card', subject: id, purpose, nRows: 1 });
    const isOpen = row.until === null;
    return {
      ...toRow(await readCipher(), row, at, localDay(at, timeZone)),
      ...{ since: row.since, until: row.until },
      visits: visits.map(({ seq, due_at, visited_at, result, note }) => ({
        ...{ seq, dueAt: due_at.toISOString(), visitedAt: visited_at?.toISOString() ?? null },
        ...{ result: result as CareResult | null, note },
      })),
      mayVisit: isOpen && mayVisit(scope),
      mayReveal: mayReveal(scope),
      mayEnd: isOpen && mayKeep(scope),
    };
  });

/** Who it is, for ten minutes, to the grid worker who calls there; kept in the audit with the reason. */
export const revealCare = async (
  { db }: Connection,
  scope: Scope,
  look: { id: string; purpose: LookPurpose; reason: string },
): Promise<Revealed> =>
  db.transaction(async (tx) => {
    if (!mayReveal(scope)) throw new Problem('not_allowed', `Role ${scope.role} is not told who it is.`);
    const row = await readOne(tx, scope, look.id);
    const at = await clockNow(tx);
    const purpose = `${look.purpose}: ${look.reason}`;
    await keepLook(tx, scope, at, { action: 'care.reveal', subject: look.id, purpose, nRows: 1 });
    const cipher = await readCipher();
    const phone = row.phone && cipher.open('phone', row.personId, row.phone);
    return { name: nameOf(cipher, row), phone, until: new Date(at.getTime() + revealMs).toISOString() };
  });
