import { randomUUID } from 'node:crypto';
import { asc, eq, notInArray, sql } from 'drizzle-orm';
import { type Random, randomFor } from '@/data/demo/random';
import { skyOf } from '@/data/demo/weather-air';
import reasons from '@/data/demo/world/reason.json';
import { divisionLevels } from '@/data/model/division';
import type { EventStatus } from '@/data/model/event';
import type { Role, Scope } from '@/data/model/scope';
import { renewAlert } from '../alert/simulate';
import { addBeachHour } from '../beach/simulate';
import { visitDue } from '../care/simulate';
import { type Connection, connection } from '../db/client';
import { division, event, setting } from '../db/schema';
import { type Installation, readInstallation } from '../dictionary/store';
import { locatorOf } from '../division/locate';
import { wait } from '../live/wait';
import { answerSupervision } from '../supervision/simulate';
import { createCaller } from '../trpc/root';
import { addWeatherHours } from '../weather/simulate';
import { appendPositions } from '../workforce/simulate';
import { closedStatuses } from './rules';
import { ensureShifts, signDuty } from './simulate-duty';
import { busyness, drawPast, type Memory, rememberPast } from './simulate-memory';
import { actorOf, drawCount, drawNext, type OpenEvent, pickMoves } from './simulate-plan';

const tickMs = 1_000;
const retryMs = 2_000;
const leaseSeconds = 20;
/** Moves an event makes in its life, about: as many keep the stock of open events level. */
const movesPerReport = 7;
/** Seconds an event rests in a status at least, at rate 1. */
const restSeconds = 45;
const dutyEverySeconds = 20;
const skyEverySeconds = 20;
const answerEverySeconds = 30;
const openLimit = 600;

type Simulation = { connection: Connection; installation: Installation; memory: Memory; rate: number };

/** Lets one simulator at a time act on a database, whoever holds the lease. */
const holdLease = async ({ db }: Connection, holder: string): Promise<boolean> => {
  const value = { holder, until: Date.now() + leaseSeconds * 1000 };
  const held = await db
    .insert(setting)
    .values({ key: 'simulator', value })
    .onConflictDoUpdate({
      target: setting.key,
      set: { value },
      setWhere: sql`${setting.value} ->> 'holder' = ${holder} or (${setting.value} ->> 'until')::bigint < ${Date.now()}`,
    })
    .returning({ key: setting.key });
  return held.length > 0;
};

/** Place of the newest line in the log: what the simulator does next follows from it. */
const logPosition = async ({ db }: Connection): Promise<string> => {
  const [row] = await db.execute<{ seq: string }>(sql`select coalesce(max(seq), 0)::text as seq from change`);
  return row?.seq ?? '0';
};

const postScope = async ({ connection: { db }, installation }: Simulation, role: Role, code: string | null) => {
  const wanted = code ?? installation.root;
  const [node] = await db
    .select({ path: division.path, level: division.level, name: division.name })
    .from(division)
    .where(eq(division.code, wanted));
  const level = divisionLevels[(node?.level ?? 0) - 1];
  if (!node || !level) return null;
  const scope: Scope = {
    ...{ division: wanted, path: node.path, level, role, screen: 'small', post: node.name },
    actorId: `${role}:${wanted}`,
  };
  return scope;
};

/** The product's procedures as a post may call them; null when there is no such division. */
const procedures = async (simulation: Simulation, role: Role, code: string | null) => {
  const scope = await postScope(simulation, role, code);
  return scope && createCaller({ connection: simulation.connection, scope });
};

const reportOne = async (simulation: Simulation, hour: number, random: Random): Promise<void> => {
  const past = drawPast(simulation.memory, hour, random);
  if (!past) return;
  const place = (await locatorOf(simulation.connection))(past.position);
  if (!place) return;
  const caller = await procedures(simulation, place.grid ? 'R5' : 'R2', place.grid);
  await caller?.event.report({ ...past, clientKey: randomUUID() });
};

const readOpen = ({ connection: { db } }: Simulation): Promise<OpenEvent[]> =>
  db
    .select({
      ...{ id: event.id, version: event.version, status: event.status, statusAt: event.status_at },
      ...{ reportedAt: event.reported_at, dueAt: event.handle_due_at },
      ...{ subdistrict: event.subdistrict_code, community: event.community_code, grid: event.grid_code },
      department: event.department_code,
    })
    .from(event)
    .where(notInArray(event.status, closedStatuses))
    .orderBy(asc(event.status_at))
    .limit(openLimit);

const whistleOf = ({ id, version, department }: OpenEvent) => ({
  ...{ eventId: id, version, kind: 'W1' },
  departments: [department ?? 'ZFB'],
});

const suspendedDays = 3;

/** What some moves must say besides: a reason, the day a suspension ends, the answer to a request. */
const particularsOf = ({ status }: OpenEvent, to: EventStatus, now: Date) => {
  if (to === 'S41') return { note: reasons.S41 };
  if (to === 'S42')
    return { note: reasons.S42, untilAt: new Date(now.getTime() + suspendedDays * 86_400_000).toISOString() };
  return status === 'S41' ? { isApproved: true } : {};
};

const moveSome = async (simulation: Simulation, n: number, now: Date, random: Random): Promise<void> => {
  const restMs = (restSeconds * 1000) / simulation.rate;
  for (const open of pickMoves(await readOpen(simulation), n, now, restMs)) {
    const to = drawNext(open.status, random);
    if (!to) continue;
    const { role, division: code } = actorOf(open, to);
    const caller = await procedures(simulation, role, code);
    if (to === 'S43') await caller?.supervision.blow({ ...whistleOf(open), reason: reasons.S43 });
    else await caller?.event.move({ id: open.id, version: open.version, to, ...particularsOf(open, to, now) });
  }
};

const localHour = (now: Date, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now));

/** The next hour of weather and visitors once it is over, and a warning that would run out. */
const keepSky = async ({ connection: used, installation }: Simulation, now: Date): Promise<void> => {
  const sky = skyOf(Date.parse(installation.seededAt));
  await addWeatherHours(used, sky, now);
  await addBeachHour(used, sky, now);
  await renewAlert(used, now);
};

/** Departments answer whistles and tickets, grid workers visit whom they should. */
const keepAnswering = async (simulation: Simulation, now: Date): Promise<void> => {
  const [handler, supervisor] = [await postScope(simulation, 'R6', null), await postScope(simulation, 'R2', null)];
  if (handler && supervisor) await answerSupervision(simulation.connection, { handler, supervisor }, now);
  await visitDue(simulation.connection, (grid) => postScope(simulation, 'R5', grid), now);
};

/** What happens in one second: by chance, but the chance follows from the place in the log and the tick. */
const tick = async (simulation: Simulation, nTick: number): Promise<void> => {
  const now = new Date();
  const random = randomFor(`simulate ${await logPosition(simulation.connection)} ${nTick}`);
  const hour = localHour(now, simulation.installation.timeZone);
  const { memory, rate } = simulation;
  const mean = (rate * busyness(memory, hour) * tickMs) / 1000 / memory.secondsPerReport;
  for (let n = drawCount(mean, random); n > 0; n--) await reportOne(simulation, hour, random);
  const nMoves = drawCount(mean * movesPerReport, random);
  if (nMoves > 0) await moveSome(simulation, nMoves, now, random);
  if (nTick % dutyEverySeconds === 0) {
    await ensureShifts(simulation.connection, simulation.installation);
    await signDuty(simulation.connection, simulation.installation, now);
    await appendPositions(simulation.connection, now);
  }
  if (nTick % skyEverySeconds === 0) await keepSky(simulation, now);
  if (nTick % answerEverySeconds === 0) await keepAnswering(simulation, now);
};

const prepare = async (used: Connection, rate: number): Promise<Simulation | null> => {
  const installation = await readInstallation(used.db);
  if (!installation.demo) return null;
  return { connection: used, installation, memory: await rememberPast(used.db, installation.timeZone), rate };
};

/**
 * Reports events and moves open ones through the real procedures until aborted; demo data only, nothing on real data.
 * At rate 1 as often as the history does, so that today stays comparable; a show may ask for more.
 * It lives in the present: a time the product was off stays empty. Goes on after an outage of the database.
 */
export const runSimulator = async (
  signal: AbortSignal,
  options: { connection?: Connection; rate?: number } = {},
): Promise<void> => {
  const used = options.connection ?? connection();
  const holder = randomUUID();
  let simulation: Simulation | null = null;
  for (let nTick = 0; !signal.aborted; nTick++) {
    let pauseMs = tickMs;
    try {
      simulation ??= await prepare(used, options.rate ?? 1);
      if (!simulation) return;
      if (await holdLease(used, holder)) await tick(simulation, nTick);
    } catch (error) {
      console.warn('Simulator:', error instanceof Error ? error.message : error);
      pauseMs = retryMs;
    }
    await wait(pauseMs, signal);
  }
};
