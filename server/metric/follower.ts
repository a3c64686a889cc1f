import { type DivisionLevel, divisionLevels } from '@/data/model/division';
import type { Connection } from '../db/client';
import { type Installation, readInstallation } from '../dictionary/store';
import { type LogWindow, readWindow } from '../live/window';
import { type Duck, openDuck, type Run } from './duck';
import { applyWindow, prepareFollow } from './follow';
import { type Identity, type Loaded, loadFacts, readIdentity, readState } from './load';

/** Lines in one window beyond which loading anew is quicker than following. */
const maxLines = 20_000;

/** A node of the tree as questions use it; null instants = no re-cut began it, or none has ended it. */
export type DivisionPlace = {
  code: string;
  level: DivisionLevel;
  path: string;
  parent: string | null;
  begunAt: Date | null;
  endedAt: Date | null;
};

/** Whether a division was there at an instant. */
export const isThere = ({ begunAt, endedAt }: DivisionPlace, at: Date): boolean =>
  (begunAt === null || begunAt <= at) && (endedAt === null || endedAt > at);

/** What a question needs to know of the data it is put to. */
export type FactsMeta = {
  installation: Installation;
  /** By code, coarse levels first. */
  divisions: ReadonlyMap<string, DivisionPlace>;
  /** Instant of the oldest event; null when there is none. */
  firstAt: Date | null;
};

/** The facts in DuckDB and their place in the change log. */
export type Facts = {
  query: Run;
  snapshot: Duck['snapshot'];
  meta: () => FactsMeta;
  /** Transactions below `watermark` are counted; `asOf`: every commit before that instant is. */
  status: () => { watermark: string; asOf: Date };
  /** Reads the log once and applies what is new. */
  sync: () => Promise<void>;
  /** The server may be another one since: compares identities at the next sync. */
  doubt: () => void;
  /** Full loads so far; 0 = followed on from the file. */
  loads: () => number;
  close: () => void;
};

type State = {
  identity: Identity;
  loaded: Loaded;
  meta: FactsMeta;
  loads: number;
  isDoubtful: boolean;
  /** Edge seen and not yet reached: once it is, all that was committed before `at` is counted. */
  pending: { next: string; at: Date } | null;
};

const readMeta = async (run: Run, installation: Installation): Promise<FactsMeta> => {
  const rows = await run(
    'select code, parent, level, path, epoch_ms(begun_at)::double as begun, epoch_ms(ended_at)::double as ended ' +
      'from division order by level, sort, code',
  );
  const divisions = rows.flatMap(({ code, parent, level, path, begun, ended }) => {
    const name = divisionLevels[Number(level) - 1];
    const dateOf = (ms: unknown) => (typeof ms === 'number' ? new Date(ms) : null);
    const place = {
      ...{ code: String(code), path: String(path), parent: parent === null ? null : String(parent) },
      ...{ begunAt: dateOf(begun), endedAt: dateOf(ended) },
    };
    return name ? [{ ...place, level: name }] : [];
  });
  const [first] = await run('select epoch_ms(min(reported_at))::double as at from event');
  return {
    installation,
    divisions: new Map(divisions.map((division) => [division.code, division])),
    firstAt: typeof first?.at === 'number' ? new Date(first.at) : null,
  };
};

/** Instant that is wholly counted after a window, and the edge still waited for. */
const advance = (state: State, { upto, next, at }: LogWindow): Pick<State, 'pending'> & { at: Date } => {
  if (BigInt(upto) >= BigInt(next)) return { at, pending: null };
  if (state.pending && BigInt(upto) >= BigInt(state.pending.next))
    return { at: state.pending.at, pending: { next, at } };
  return { at: state.loaded.at, pending: state.pending ?? { next, at } };
};

const setZone = async (run: Run, timeZone: string): Promise<void> => {
  const zone = timeZone.replaceAll("'", '');
  await run(`set global TimeZone = '${zone}'`);
  await run(`set TimeZone = '${zone}'`);
};

const loadState = async (run: Run, { sql, db }: Connection, loads: number): Promise<State> => {
  const installation = await readInstallation(db);
  const identity = await readIdentity(sql, installation);
  await setZone(run, installation.timeZone);
  const loaded = await loadFacts(run, sql, { root: installation.root, identity });
  await prepareFollow(run);
  const meta = await readMeta(run, installation);
  return { identity, loaded, meta, loads, isDoubtful: false, pending: null };
};

/** Goes on from the file where it may, else loads anew. */
const openState = async (run: Run, store: Connection): Promise<State> => {
  const installation = await readInstallation(store.db);
  const identity = await readIdentity(store.sql, installation);
  const loaded = await readState(run, store.sql, identity);
  if (!loaded) return loadState(run, store, 1);
  await setZone(run, installation.timeZone);
  await run(`set variable root = '${installation.root.replaceAll("'", "''")}'`);
  await prepareFollow(run);
  return { identity, loaded, meta: await readMeta(run, installation), loads: 0, isDoubtful: false, pending: null };
};

const isSame = async (state: State, { sql, db }: Connection): Promise<boolean> => {
  const identity = await readIdentity(sql, await readInstallation(db));
  return JSON.stringify(identity) === JSON.stringify(state.identity);
};

/** One step along the log. */
const step = async (run: Run, store: Connection, state: State): Promise<State> => {
  if (state.isDoubtful && !(await isSame(state, store))) return loadState(run, store, state.loads + 1);
  const window = await readWindow(store.sql, state.loaded.watermark, { limit: maxLines + 1 });
  const { lines, upto, isCut } = window;
  const isReload = lines.some(({ kind }) => kind === 'reload');
  if (isCut || lines.length > maxLines || isReload) return loadState(run, store, state.loads + 1);
  const { at, pending } = advance(state, window);
  const lastSeq = lines.reduce((last, { seq }) => Math.max(last, seq), state.loaded.lastSeq);
  const loaded = { watermark: upto, lastSeq, at };
  const isApplied = lines.length === 0 || (await applyWindow(run, store.sql, lines, loaded));
  if (!isApplied) return loadState(run, store, state.loads + 1);
  const isOlder = lines.some(({ kind }) => kind === 'batch');
  const meta = isOlder ? await readMeta(run, state.meta.installation) : state.meta;
  return { ...state, loaded, pending, meta, isDoubtful: false };
};

/** Opens the facts and brings them up to now. `file` null keeps them in memory. */
export const openFacts = async (store: Connection, options: { file: string | null }): Promise<Facts> => {
  const duck: Duck = await openDuck(options);
  const { run, close } = await duck.connect();
  let state: State;
  try {
    state = await step(run, store, await openState(run, store));
  } catch (error) {
    close();
    duck.close();
    throw error;
  }
  let turn: Promise<void> = Promise.resolve();
  const sync = () => {
    turn = turn
      .catch(() => {})
      .then(async () => {
        state = await step(run, store, state);
      });
    return turn;
  };
  return {
    query: duck.query,
    snapshot: duck.snapshot,
    meta: () => state.meta,
    status: () => ({ watermark: state.loaded.watermark, asOf: state.loaded.at }),
    sync,
    doubt: () => {
      state.isDoubtful = true;
    },
    loads: () => state.loads,
    close: () => {
      close();
      duck.close();
    },
  };
};
