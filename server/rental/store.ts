import { and, eq, type SQL, sql } from 'drizzle-orm';
import { refuse } from '@/data/model/intake';
import {
  type HomeGrade,
  letUse,
  type RentalGrade,
  type RentalRating,
  type Slip,
  type SlipAsk,
} from '@/data/model/rental';
import { systemScope } from '../access/store';
import { keepLook } from '../audit/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { building, dwelling, person, residence } from '../db/schema';
import { readInstallation, wordsIn } from '../dictionary/store';
import { localDay } from '../metric/period';
import { readCipher } from '../person/cipher';
import { maskIdNumber, maskName } from '../person/rules';
import { isHomeOn } from '../person/store';
import { type HomeFacts, rater, soundHome } from './rules';

type Clock = { at: Date; day: string };

/** Let homes that `where` holds of (columns of `building` and `dwelling`), with what takes points from any; the rest are sound. */
const factsOf = async (tx: Executor, where: SQL | undefined, { at, day }: Clock): Promise<Map<string, HomeFacts>> => {
  const clock = sql`${at.toISOString()}::timestamptz`;
  const homes = sql`select dwelling.code, building.code as building_code from dwelling
    join building on building.code = dwelling.building_code where dwelling.house_use = ${letUse} and ${where ?? sql`true`}`;
  const casesAsked = tx.execute<{
    code: string;
    category: string;
    level: number;
    is_open: boolean;
    is_recent: boolean;
    is_own: boolean;
  }>(sql`
    select home.code, e.category_code as category, e.level, e.closed_at is null or e.closed_at > ${clock} as is_open,
      e.reported_at > ${clock} - interval '12 months' as is_recent, e.dwelling_code is not null as is_own
    from (${homes}) home
    join event e on e.building_code = home.building_code and (e.dwelling_code is null or e.dwelling_code = home.code)
    where e.accepted_at <= ${clock} and e.status not in ('S21', 'S90')
      and (e.closed_at is null or e.closed_at > ${clock} or e.reported_at > ${clock} - interval '12 months')`);
  // asked as EXISTS: of one home by the index, of an area all at once
  const isDoubted = (kind: string, id: SQL) => sql`exists (select from doubt where kind = ${kind} and record_id = ${id}
    and found_at <= ${clock} and (done_at is null or done_at > ${clock}))`;
  const residentsAsked = tx.execute<{ code: string; is_doubted: boolean; is_elsewhere: boolean }>(sql`
    with seen as (
      select home.code, ${isDoubted('person', sql`r.person_id::text`)} as is_doubted,
        ${isDoubted('residence', sql`r.id::text`)} as is_elsewhere
      from (${homes}) home join residence r on r.dwelling_code = home.code
      where r.from_on <= ${day}::date and (r.to_on is null or r.to_on > ${day}::date)
    )
    select * from seen where code in (select code from seen where is_doubted or is_elsewhere)`);
  const [cases, residents] = await Promise.all([casesAsked, residentsAsked]);
  const facts = new Map<string, HomeFacts>();
  const of = (code: string) => facts.get(code) ?? soundHome;
  for (const { code, is_doubted, is_elsewhere } of residents) {
    const { nResidents, nDoubted, nElsewhere, cases: before } = of(code);
    facts.set(code, {
      ...{ nResidents: nResidents + 1, nDoubted: nDoubted + Number(is_doubted) },
      ...{ nElsewhere: nElsewhere + Number(is_elsewhere), cases: before },
    });
  }
  for (const { code, category, level, is_open, is_recent, is_own } of cases)
    facts.set(code, {
      ...of(code),
      cases: [...of(code).cases, { category, level, isOpen: is_open, isRecent: is_recent, isOwn: is_own }],
    });
  return facts;
};

const raterAt = async (tx: Executor, at: Date) =>
  rater(...(await Promise.all([wordsIn(tx, 'rental-rating-factor', at), wordsIn(tx, 'rental-rating', at)])));

const clockOf = async (tx: Executor, at: Date | null): Promise<Clock> => {
  const instant = at ?? (await clockNow(tx));
  return { at: instant, day: localDay(instant, (await readInstallation(tx)).timeZone) };
};

/** Rating of a home at an instant (null = now); null = it is not let. The same for whoever asks: `tx` reads past policies. */
export const rateHome = async (tx: Executor, code: string, at: Date | null = null): Promise<RentalRating | null> => {
  const [[home], clock] = await Promise.all([
    tx.select({ use: dwelling.house_use }).from(dwelling).where(eq(dwelling.code, code)),
    clockOf(tx, at),
  ]);
  if (home?.use !== letUse) return null;
  const [facts, rate] = await Promise.all([factsOf(tx, eq(dwelling.code, code), clock), raterAt(tx, clock.at)]);
  return rate(facts.get(code) ?? soundHome);
};

/** Which homes have a grade at a clock, as a condition on `dwelling`. `where` = homes that are asked about. */
export const isOfGrade = async (
  tx: Executor,
  grade: RentalGrade,
  { where, ...clock }: Clock & { where: SQL },
): Promise<SQL | undefined> => {
  const rate = await raterAt(tx, clock.at);
  const rated = [...(await factsOf(tx, where, clock))].map(([code, facts]) => ({ code, grade: rate(facts).grade }));
  const isSound = rate(soundHome).grade === grade;
  // those nothing is known against are many: named are the others
  const named = rated.filter((home) => (home.grade === grade) !== isSound).map(({ code }) => code);
  const isNamed = sql`${dwelling.code} in (select jsonb_array_elements_text(${JSON.stringify(named)}::jsonb))`;
  return and(eq(dwelling.house_use, letUse), isSound ? sql`not ${isNamed}` : isNamed);
};

type Home = { address: string; room: string };

const findHome = async (tx: Executor, code: string): Promise<Home> => {
  const [row] = await tx
    .select({ address: building.address, room: dwelling.room })
    .from(dwelling)
    .innerJoin(building, eq(building.code, dwelling.building_code))
    .where(eq(dwelling.code, code));
  if (!row) throw refuse('dwelling_unknown', `There is no dwelling ${code}.`, { code });
  return row;
};

/** Grade of a home for anybody who knows its code (出租屋分级查询); `dwelling_unknown` where there is none. */
export const readGrade = async ({ db }: Connection, code: string): Promise<HomeGrade> => {
  const home = await findHome(db, code);
  return { ...home, grade: (await rateHome(db, code))?.grade ?? null };
};

/**
 * The line of the register of who lives in a home (居住登记自助打印), for one who says home, name and ID number as they stand
 * there; whichever of them is wrong, the answer is the same `home_unmatched`. Kept in the audit with what is told.
 */
export const printSlip = async (connection: Connection, { code, name, idNumber }: SlipAsk): Promise<Slip> => {
  const cipher = await readCipher();
  const scope = await systemScope(connection);
  return connection.db.transaction(async (tx) => {
    const { at, day } = await clockOf(tx, null);
    const [found] = await tx
      .select({ id: residence.id, relation: residence.relation, since: residence.from_on })
      .from(residence)
      .innerJoin(person, eq(person.id, residence.person_id))
      .where(
        and(
          eq(residence.dwelling_code, code),
          eq(person.id_number_mark, cipher.mark('id_number', idNumber)),
          eq(person.name_mark, cipher.mark('name', name)),
          isHomeOn(day),
        ),
      );
    if (!found) throw refuse('home_unmatched', 'No line of the register holds this home, name and ID number together.');
    const looker = { ...scope, actorId: 'public', role: 'public', screen: 'small' };
    const look = { action: 'home.slip', subject: `residence ${found.id}`, purpose: 'self', nRows: 1 } as const;
    await keepLook(tx, looker, at, look);
    return {
      ...{ name: maskName(name), idNumber: maskIdNumber(idNumber) },
      ...(await findHome(tx, code)),
      ...{ relation: found.relation, since: found.since, printedOn: day, rating: await rateHome(tx, code, at) },
    };
  });
};
