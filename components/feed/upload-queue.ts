import type { CareVisited } from '@/data/model/care';
import type { Collected, SpecialTold } from '@/data/model/collection';
import type { ErrandMove } from '@/data/model/errand';
import type { EventStatus } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import type { Visit } from '@/data/model/verify';

export type ReportInput = {
  category: string;
  title: string;
  description: string;
  position: LngLat;
  buildingCode: string | null;
};
export type MoveInput = { id: string; version: number; to: EventStatus; note: string };
/** Notices that were read. */
export type ReadInput = { ids: number[]; department: string | null };
export type ErrandInput = Pick<ErrandMove, 'id' | 'version' | 'step' | 'result' | 'note'>;
/** What a visit to a person in care found. */
export type CareInput = Omit<CareVisited, 'clientKey' | 'happenedAt'>;
/** What was collected at one door. */
export type CollectInput = Omit<Collected, 'clientKey' | 'happenedAt'>;
/** What a specialised worker found at a building. */
type SpecialInput = Omit<SpecialTold, 'clientKey' | 'happenedAt'>;
/** What a visit to a doubtful record found. */
export type VisitInput = Omit<Visit, 'clientKey' | 'happenedAt'>;
/** `id` once it was uploaded; the picture itself stays until the item is sent. */
export type QueuePhoto = { picture: Blob; id: string | null };

type Common = {
  /** Client key: sent again and again, it is one act. */
  key: string;
  /** Post it was written by; no other sends it. */
  post: string;
  /** Epoch ms of this device when it was written. */
  at: number;
  title: string;
  photos: QueuePhoto[];
  /** Null = waits to be sent; else why the server did not take it. */
  refused: { code: string; reason: string | null } | null;
};
export type QueueItem = Common &
  (
    | { kind: 'report'; input: ReportInput }
    | { kind: 'move'; input: MoveInput }
    | { kind: 'errand'; input: ErrandInput }
    | { kind: 'visit'; input: VisitInput }
    | { kind: 'care'; input: CareInput }
    | { kind: 'collect'; input: CollectInput }
    | { kind: 'special'; input: SpecialInput }
    | { kind: 'read'; input: ReadInput }
  );

/** The server took notice and said no: sending again changes nothing. */
export class Refused extends Error {
  constructor(readonly why: { code: string; reason: string | null }) {
    super(why.code);
  }
}

type Sent = { clientKey: string; happenedAt: string; photos: string[] };

export type Ports = {
  put: (item: QueueItem) => Promise<unknown>;
  remove: (key: string) => Promise<unknown>;
  upload: (picture: Blob) => Promise<string>;
  report: (input: ReportInput & Sent) => Promise<unknown>;
  move: (input: MoveInput & Sent) => Promise<{ version: number }>;
  errand: (input: ErrandInput & Sent) => Promise<{ version: number }>;
  visit: (input: Visit) => Promise<unknown>;
  care: (input: CareVisited) => Promise<unknown>;
  collect: (input: Collected) => Promise<unknown>;
  special: (input: SpecialTold) => Promise<unknown>;
  read: (input: ReadInput) => Promise<unknown>;
  /** Epoch ms by the server's clock: a phone's own may be wrong. */
  now: () => number;
};

/** The case or errand an item moves; null = it moves none. */
const movedBy = ({ input }: QueueItem): string | null => ('id' in input ? input.id : null);

/** Uploads what photos are left; each is marked at once, so that a break loses nothing. */
const uploadPhotos = async (item: QueueItem, ports: Ports): Promise<string[]> => {
  for (const photo of item.photos) {
    if (photo.id !== null) continue;
    photo.id = await ports.upload(photo.picture);
    await ports.put(item);
  }
  return item.photos.flatMap(({ id }) => id ?? []);
};

const sendOne = async (item: QueueItem, ports: Ports): Promise<number | null> => {
  const photos = await uploadPhotos(item, ports);
  const happenedAt = new Date(ports.now() - Math.max(0, Date.now() - item.at)).toISOString();
  const sent: Sent = { clientKey: item.key, happenedAt, photos };
  if (item.kind === 'move') return (await ports.move({ ...item.input, ...sent })).version;
  if (item.kind === 'errand') return (await ports.errand({ ...item.input, ...sent })).version;
  if (item.kind === 'visit') await ports.visit({ ...item.input, clientKey: item.key, happenedAt });
  else if (item.kind === 'care') await ports.care({ ...item.input, clientKey: item.key, happenedAt });
  else if (item.kind === 'collect') await ports.collect({ ...item.input, clientKey: item.key, happenedAt });
  else if (item.kind === 'special') await ports.special({ ...item.input, clientKey: item.key, happenedAt });
  else if (item.kind === 'read') await ports.read(item.input);
  else await ports.report({ ...item.input, ...sent });
  return null;
};

/**
 * Sends what waits, in order. One that is refused is marked and kept for a person to see; later acts on the same thing
 * wait behind it. Anything else that goes wrong (no network, a busy server) ends the round: the rest waits.
 */
export const sendQueue = async (items: readonly QueueItem[], ports: Ports): Promise<void> => {
  const blocked = new Set(items.filter(({ refused }) => refused).map(movedBy));
  const versions = new Map<string, number>();
  for (const item of items) {
    const id = movedBy(item);
    if (item.refused || (id !== null && blocked.has(id))) continue;
    if ('version' in item.input) item.input.version = versions.get(item.input.id) ?? item.input.version;
    try {
      const version = await sendOne(item, ports);
      if (id !== null && version !== null) versions.set(id, version);
      await ports.remove(item.key);
    } catch (error) {
      if (!(error instanceof Refused)) return;
      item.refused = error.why;
      await ports.put(item);
      if (id !== null) blocked.add(id);
    }
  }
};

/** Status and version a case has on this device: what the server said, and the moves that wait. */
export const afterQueue = <Row extends { id: string; status: EventStatus; version: number }>(
  row: Row,
  items: readonly QueueItem[],
): Row & { isWaiting: boolean } => {
  const moves = items.flatMap((item) =>
    item.kind === 'move' && item.input.id === row.id && !item.refused && item.input.version >= row.version
      ? [item.input]
      : [],
  );
  const last = moves.at(-1);
  if (!last) return { ...row, isWaiting: false };
  return { ...row, status: last.to, version: last.version + 1, isWaiting: true };
};

type QueuedErrand = { id: string; version: number; receivedAt: string | null };

/** An errand as it is on this device: what the server said, and the steps that wait. `isFinished`: nothing more to do. */
export const errandAfterQueue = <Row extends QueuedErrand>(
  row: Row,
  items: readonly QueueItem[],
): Row & { isWaiting: boolean; isFinished: boolean } => {
  const steps = items.flatMap((item) =>
    item.kind === 'errand' && item.input.id === row.id && !item.refused && item.input.version >= row.version
      ? [item]
      : [],
  );
  const received = steps.find(({ input }) => input.step === 'receive');
  return {
    ...row,
    version: row.version + steps.length,
    receivedAt: row.receivedAt ?? (received ? new Date(received.at).toISOString() : null),
    isWaiting: steps.length > 0,
    isFinished: steps.some(({ input }) => input.step === 'finish'),
  };
};
