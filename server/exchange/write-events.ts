import { Problem } from '@/data/model/problem';
import type { TermRow } from '../dictionary/seed';
import type { EventPlan, EventsPlan, TransitionPlan, UnplacedPlan } from './event-plan';
import { stageRows, type Tx, upsertStaged, upsertVersioned } from './stage';

const eventColumns = [
  'id',
  'number',
  'title',
  'description',
  'category_code',
  'category_l1',
  'level',
  'source_code',
  'status',
  'address',
  'department_code',
  'lng',
  'lat',
  'subdistrict_code',
  'community_code',
  'grid_code',
  'block_code',
  'reported_at',
  'accepted_at',
  'registered_at',
  'signed_at',
  'handled_at',
  'closed_at',
  'status_at',
  'handle_due_at',
  'flags',
  'batch_id',
  'recorded_at',
] as const;
const transitionColumns = ['event_id', 'seq', 'from_status', 'to_status', 'at', 'department_code'] as const;
const unplacedColumns = ['kind', 'record_id', 'reason'] as const;
const termColumns = ['list', 'code', 'zh', 'en', 'parent', 'attrs', 'valid_from', 'source'] as const;

/** Role recorded with moves that came from a file: the administrator who may import. */
const importRole = 'R9';

/** Adds words to the lists, or overwrites them. */
export const writeWords = async (tx: Tx, rows: readonly TermRow[]): Promise<void> => {
  await stageRows<TermRow>(tx, 'term', termColumns, rows);
  await upsertStaged(tx, 'term', termColumns, ['list', 'code', 'valid_from']);
};

/** Leaves events alone that were moved here since they came in; returns how many. */
const keepMoved = async (tx: Tx): Promise<number> => {
  const kept = await tx`
    delete from staged_event s where exists (
      select from event_transition t where t.event_id = s.id and t.actor_id not like 'import:%')
    returning s.id`;
  return kept.length;
};

/** Other words for a known event than the file before had: recorded, never overwritten in silence. */
const writeCorrections = async (tx: Tx, actor: string): Promise<void> => {
  await tx`
    insert into event_correction (event_id, seq, from_category, to_category, from_category_l1, to_category_l1,
      from_level, to_level, at, actor_id, actor_role)
    select e.id, (select coalesce(max(c.seq), 0) + 1 from event_correction c where c.event_id = e.id),
      e.category_code, s.category_code, e.category_l1, s.category_l1, e.level, s.level, e.reported_at, ${actor},
      ${importRole}
    from event e join staged_event s on s.id = e.id
    where (e.category_code, e.level) is distinct from (s.category_code, s.level)`;
};

/** History is only added to: two rows for a new event, one where a later file brings another status. */
const writeTransitions = async (tx: Tx, actor: string): Promise<void> => {
  await tx`
    insert into event_transition (event_id, seq, from_status, to_status, at, actor_id, actor_role, department_code)
    select e.id, (select coalesce(max(t.seq), 0) + 1 from event_transition t where t.event_id = e.id),
      e.status, s.status, coalesce(s.closed_at, now()), ${actor}, ${importRole}, s.department_code
    from event e join staged_event s on s.id = e.id where e.status <> s.status`;
  await tx`
    insert into event_transition (event_id, seq, from_status, to_status, at, actor_id, actor_role, department_code)
    select t.event_id, t.seq, t.from_status, t.to_status, t.at, ${actor}, ${importRole}, t.department_code
    from staged_event_transition t join staged_event s on s.id = t.event_id
    where not exists (select from event e where e.id = t.event_id)
    order by t.event_id, t.seq`;
};

const refuseForeignNumbers = async (tx: Tx, file: string): Promise<void> => {
  const [taken] = await tx<{ number: string }[]>`
    select e.number from event e join staged_event s on s.number = e.number and s.id <> e.id limit 1`;
  if (taken)
    throw new Problem(
      'conflict',
      `${file}: number ${taken.number} already belongs to another event: nothing was changed.`,
    );
};

/** What became of the rows: new here, changed by the file, left because they were moved here since. */
export type EventCounts = { nNew: number; nChanged: number; nKept: number };

/** Writes the events of a batch with their history and the list of the unplaced. */
export const writeEvents = async (
  tx: Tx,
  plan: EventsPlan,
  batch: { id: number; file: string },
): Promise<EventCounts> => {
  const [clock] = await tx<{ now: string }[]>`select now()`;
  const recorded_at = new Date(clock?.now ?? 0);
  const rows = plan.events.map((event) => ({ ...event, batch_id: batch.id, recorded_at }));
  await stageRows<EventPlan & { batch_id: number; recorded_at: Date }>(tx, 'event', eventColumns, rows);
  await stageRows<TransitionPlan>(tx, 'event_transition', transitionColumns, plan.transitions);
  await stageRows<UnplacedPlan>(tx, 'unplaced', unplacedColumns, plan.unplaced);
  const nKept = await keepMoved(tx);
  await refuseForeignNumbers(tx, batch.file);
  const known = await tx`select from staged_event s join event e on e.id = s.id`;
  await writeCorrections(tx, `import:${batch.id}`);
  await writeTransitions(tx, `import:${batch.id}`);
  const compared = eventColumns.filter((column) => !['id', 'batch_id', 'recorded_at'].includes(column));
  const nWritten = await upsertVersioned(tx, 'event', eventColumns, compared);
  await tx`
    delete from unplaced u using staged_event s where u.kind = 'event' and u.record_id = s.id`;
  await tx`
    insert into unplaced (kind, record_id, reason)
    select u.kind, u.record_id, u.reason from staged_unplaced u join staged_event s on s.id = u.record_id`;
  const nNew = rows.length - known.length - nKept;
  return { nNew, nChanged: nWritten - nNew, nKept };
};
