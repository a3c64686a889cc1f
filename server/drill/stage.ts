import type { Connection, Sql } from '../db/client';
import { connectBeside } from '../db/client';
import { endFeed } from '../live/feed';

/**
 * Tables a drill has of its own, empty when it begins: all that an event on its way through the loop is written to. What
 * a drill is not given at all (figures, exports, walls, residents) it cannot name.
 */
const ownTables = [
  ...['event', 'event_transition', 'event_correction', 'event_link', 'dispatch_route', 'unplaced'],
  ...['supervision_rung', 'supervision_ticket', 'supervision_move', 'whistle', 'whistle_department', 'whistle_move'],
  ...['notice', 'job', 'change', 'public_report', 'public_contact', 'file'],
] as const;

/** Tables a drill reads as they are and cannot write: places, words, rules, who is on duty, forces. */
const readTables = [
  ...['setting', 'term', 'division', 'block', 'building', 'dwelling', 'asset'],
  ...['worker', 'duty', 'worker_position', 'specialised_grid', 'specialised_grid_member'],
] as const;

const keySchema = 7_041_226;
const watchMs = 5_000;

/** Schema a drill's events lie in. */
export const stageSchema = (id: string): string => `drill_${id.replaceAll('-', '')}`;

/** Makes the schema of a drill where it is not there yet; safe from many processes at once. */
export const makeStage = async (sql: Sql, id: string): Promise<void> => {
  const schema = stageSchema(id);
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${keySchema})`;
    const there = await tx`select from pg_namespace where nspname = ${schema}`;
    if (there.length > 0) return;
    await tx`create schema ${tx(schema)}`;
    for (const table of ownTables)
      await tx`create table ${tx(`${schema}.${table}`)} (like ${tx(`public.${table}`)} including all)`;
    // A view over two sources takes no writes, and is still planned as the table itself.
    for (const table of readTables)
      await tx`create view ${tx(`${schema}.${table}`)} as select t.* from ${tx(`public.${table}`)} t, (select 1) one`;
  });
};

/** The drill a stage belongs to still runs. */
type IsRunning = () => Promise<boolean>;

const shared = globalThis as { gridhallStages?: WeakMap<Sql, Map<string, Promise<Connection>>> };

const stagesOf = (sql: Sql): Map<string, Promise<Connection>> => {
  shared.gridhallStages ??= new WeakMap();
  const known = shared.gridhallStages.get(sql) ?? new Map<string, Promise<Connection>>();
  shared.gridhallStages.set(sql, known);
  return known;
};

/** Closes what this process has open of a drill. */
export const leaveStage = async ({ sql }: Connection, id: string): Promise<void> => {
  const stages = stagesOf(sql);
  const stage = await stages.get(id)?.catch(() => null);
  stages.delete(id);
  if (!stage) return;
  endFeed(stage);
  await stage.sql.end({ timeout: 1 });
};

const enter = async (live: Connection, id: string, isRunning: IsRunning): Promise<Connection> => {
  await makeStage(live.sql, id);
  const watch = setInterval(async () => {
    if (await isRunning().catch(() => true)) return;
    clearInterval(watch);
    await leaveStage(live, id);
  }, watchMs);
  watch.unref();
  return connectBeside(live, stageSchema(id));
};

/**
 * The database as a drill sees it (演练库): a pool that can name the drill's own tables and views of the reference data,
 * and nothing else. So no statement of the product can mix the two, whatever it asks.
 */
export const stageOf = (live: Connection, id: string, isRunning: IsRunning): Promise<Connection> => {
  const stages = stagesOf(live.sql);
  const stage = stages.get(id) ?? enter(live, id, isRunning);
  stages.set(id, stage);
  stage.catch(() => stages.delete(id));
  return stage;
};
