import { type EventRow, type LiveItem, rowKinds } from '@/data/model/event';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import { printCursor } from './cursor';
import type { LoggedChange } from './window';

/** What decides which lines a subscriber gets and in which image; subscribers with equal cuts share their items. */
export type Cut = { path: string; isWall: boolean };

export const cutOf = (scope: Scope): Cut => ({ path: scope.path, isWall: isAggregateOnly(scope) });

/** Newest images by event id. */
export type Images = Map<string, { full: EventRow; wall: EventRow }>;

/** Lines to deliver and what they are delivered with. */
export type Batch = { lines: readonly LoggedChange[]; images: Images; system: string; asOf: Date };

/** The last line of each row: the image sent with it is the newest anyway. */
export const newestLines = (lines: readonly LoggedChange[]): LoggedChange[] => {
  const last = new Map(lines.map((line) => [`${line.kind} ${line.id}`, line]));
  return lines.filter((line) => last.get(`${line.kind} ${line.id}`) === line);
};

/** A line for many rows at once: who hears it asks again. */
export const isBulk = ({ kind }: Pick<LoggedChange, 'kind'>): boolean => kind === 'reload' || kind === 'batch';

const itemOf = (line: LoggedChange, batch: Batch, cut: Cut): LiveItem[] => {
  const cursor = printCursor({ system: batch.system, xid: BigInt(line.xid), seq: line.seq });
  if (isBulk(line)) return [{ cursor, kind: 'refetch', asOf: batch.asOf.toISOString() }];
  if (line.path !== null && !line.path.startsWith(cut.path)) return [];
  const { id, version } = line;
  const op = line.op === 'delete' ? 'delete' : 'put';
  const kind = rowKinds.find((one) => one === line.kind);
  if (kind) return [{ cursor, kind, op, id: cut.isWall ? kind : id, version }];
  if (line.kind === 'alert' || line.kind === 'weather' || line.kind === 'beach')
    return [{ cursor, kind: line.kind, op, id, version }];
  // who is cared for where is nobody's to hear: only that figures have changed
  if (line.kind === 'care' || line.kind === 'visit' || line.kind === 'call')
    return [{ cursor, kind: line.kind, op, id: line.kind, version }];
  if (line.kind !== 'event') return [];
  const images = op === 'put' ? batch.images.get(id) : undefined;
  if (!images) return [{ cursor, kind: 'event', op: 'delete', id, version, event: null }];
  const event = cut.isWall ? images.wall : images.full;
  return [{ cursor, kind: 'event', op, id, version: event.version, event }];
};

/** A batch as subscribers of one cut get it; lines outside their territory are left out. */
export const itemsOf = (batch: Batch, cut: Cut): LiveItem[] => batch.lines.flatMap((line) => itemOf(line, batch, cut));
