import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventMove, EventReport, EventRow, EventStatus } from '@/data/model/event';
import { Problem } from '@/data/model/problem';
import type { Role, Scope } from '@/data/model/scope';
import { type Connection, connect } from '../db/client';
import { event } from '../db/schema';
import { movesOf } from './rules';
import { moveEvent, reportEvent } from './store';
import { townReport, townScope } from './testing';

const nActors = 50;
/** Statuses an actor takes an event to; others ask for particulars. */
const targets: EventStatus[] = ['S40', 'S50', 'S60', 'S61', 'S90'];
const roles: Role[] = ['R2', 'R4', 'R5', 'R6'];
const grids = ['A1', 'A2', 'B1', 'B2'] as const;

/** What an actor is about to do, with the key it does it by until it is answered. */
type Act = { key: string } & ({ report: EventReport } | { move: EventMove; scope: Scope });

type Seen = Pick<EventRow, 'id' | 'version' | 'status'>;
/** Events this process knows of, as it saw them last. */
const seen: Seen[] = [];

const reportAct = (actor: number, turn: number): Act => {
  const report = townReport(grids[(actor + turn) % grids.length], { category: turn % 3 === 0 ? 'hand' : 'auto' });
  return { key: report.clientKey, report };
};

/** The next act of an actor: mostly a move of something that stands where he may move it, else a report. */
const nextAct = (actor: number, turn: number): Act => {
  const scope = townScope(roles[actor % roles.length] ?? 'R2');
  for (let i = 0; turn % 2 === 1 && i < 20; i += 1) {
    const row = seen[(actor * 31 + turn * 17 + i * 7) % Math.max(1, seen.length)];
    const open = row ? movesOf(scope, row.status).filter((status) => targets.includes(status)) : [];
    const to = open[(actor + turn) % Math.max(1, open.length)];
    if (!row || !to) continue;
    const key = randomUUID();
    const said = { departmentCode: row.status === 'S30' ? 'XFJ' : null, note: 'because', satisfaction: null };
    return { key, scope, move: { id: row.id, version: row.version, to, clientKey: key, ...said } };
  }
  return reportAct(actor, turn);
};

const remember = (row: Seen): void => {
  const at = seen.findIndex(({ id }) => id === row.id);
  if (at < 0) seen.push(row);
  else seen[at] = row;
};

const doAct = (connection: Connection, act: Act): Promise<EventRow> =>
  'report' in act ? reportEvent(connection, townScope('R2'), act.report) : moveEvent(connection, act.scope, act.move);

/** Acts without end, as phones do: what was not answered is sent again under its key; prints each answer. */
const actForEver = async (connection: Connection, actor: number): Promise<never> => {
  for (let turn = 0; ; turn += 1) {
    const act = nextAct(actor, turn);
    for (let isAnswered = false; !isAnswered; ) {
      try {
        const row = await doAct(connection, act);
        remember(row);
        process.stdout.write(`${'report' in act ? 'report' : act.move.to} ${act.key} ${row.id}\n`);
        isAnswered = true;
      } catch (error) {
        isAnswered = error instanceof Problem && error.code !== 'unavailable';
        if (!isAnswered) await sleep(30);
      }
    }
  }
};

/** What is open already, from before a kill; the database may be down just then. */
const readOpen = async ({ db }: Connection): Promise<void> => {
  const { id, version, status } = event;
  const rows = await db
    .select({ id, version, status })
    .from(event)
    .limit(200)
    .catch(() => []);
  rows.forEach(remember);
};

const storm = async (url: string): Promise<never> => {
  const connection = connect(url, { max: 10 });
  await readOpen(connection);
  return Promise.race(Array.from({ length: nActors }, (_, actor) => actForEver(connection, actor)));
};

void storm(process.argv[2] ?? '');
