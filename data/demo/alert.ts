import { difference, featureCollection, polygon, simplify } from '@turf/turf';
import type { Area } from '../model/geo';
import { alertChains, type Chain, type Cover } from './alert-plan';
import { hour, minute } from './calendar';
import type { Divided } from './division';
import type { Land } from './land';
import { toArea } from './outline';
import type { Metres } from './plane';
import plan from './world/alert.json';

const words: Record<string, string[]> = plan.words;
const levels: Record<string, number> = { blue: 4, yellow: 3, orange: 2, red: 1 };

/** Metres of sea that a warning for it reaches beyond the land. */
const reach = { tiny: 1_500, district: 4_000 };

/** The sea east of a line from the middle of the land to its southern tip: a frame around it without the land. */
const seaArea = ({ plane, shore, size, world }: Land): Area => {
  const [xs, ys] = [shore.ring.map(([x]) => x), shore.ring.map(([, y]) => y)];
  const [middle, east] = [(Math.min(...xs) + Math.max(...xs)) / 2, Math.max(...xs) + reach[size]];
  const [tipY, north] = [Math.min(...ys), Math.max(...ys)];
  const tipX = xs[ys.indexOf(tipY)] ?? middle;
  const south = tipY - reach[size] / 2;
  const frame: Metres[] = [
    [tipX, south],
    [east, south],
    [east, north],
    [middle, north],
    [tipX, tipY],
  ];
  const ringOf = (ring: readonly Metres[]) => toArea([[[...ring]]], plane, 5).coordinates as [number, number][][];
  const lands = [ringOf(shore.ring), ...world.outside.map((line) => ringOf(line.map(plane.toMetres)))];
  const coarse = lands.map((rings) => simplify(polygon(rings), { tolerance: 0.0004 }));
  const sea = difference(featureCollection([polygon(ringOf(frame)), ...coarse]));
  return sea ? (sea.geometry as Area) : toArea([[frame]], plane, 5);
};

type Place = { name: string; en: string; division: string | null; geometry: Area | null };

const placesOf = (divided: Divided): Record<Cover, Place> => {
  const { land } = divided;
  const { subdistricts } = land.world;
  const shore = subdistricts[subdistricts.length - 1];
  return {
    land: { name: '大鹏新区', en: 'Dapeng New District', division: 'DP', geometry: null },
    shore: {
      ...{ name: `${shore?.name ?? ''}街道`, en: shore?.en ?? '' },
      ...{ division: shore?.code ?? null, geometry: null },
    },
    sea: { ...plan.sea, division: null, geometry: seaArea(land) },
  };
};

type Message = {
  identifier: string;
  sentAt: number;
  expiresAt: number;
  endedAt: number | null;
  message: 'Alert' | 'Update' | 'Cancel';
  refersTo: string | null;
  /** Word of the list; a cancellation carries that of what it ends. */
  warning: string;
  chain: Chain;
};

const identifierOf = (at: number, n: number): string =>
  `44030741600000_${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}_${n}`;

/** Messages of a chain that were sent before the demo ends. */
const messagesOf = (chain: Chain, n: number, end: number): Message[] => {
  const sent = chain.steps
    .map(([hours, warning]) => ({ at: Math.floor((chain.anchor + hours * hour) / minute) * minute, warning }))
    .filter(({ at }) => at <= end);
  return sent.map(({ at, warning }, i): Message => {
    const before = sent[i - 1];
    return {
      identifier: identifierOf(at, n),
      sentAt: at,
      expiresAt: at + chain.holdsHours * hour,
      endedAt: sent[i + 1]?.at ?? null,
      message: warning === null ? 'Cancel' : before ? 'Update' : 'Alert',
      refersTo: before ? identifierOf(before.at, n) : null,
      warning: warning ?? before?.warning ?? '',
      chain,
    };
  });
};

const tell = (at: number): Message[] =>
  alertChains(at)
    .flatMap((chain, n) => messagesOf(chain, n + 1, at))
    .sort((a, b) => a.sentAt - b.sentAt || (a.identifier < b.identifier ? -1 : 1));

const idOf = (i: number): string => `al${String(i + 1).padStart(4, '0')}`;

const headlineOf = ({ warning, message, chain: { status } }: Message) => {
  const [zh = '', en = ''] = words[warning] ?? [];
  const mark = status === 'Exercise' ? plan.practice : status === 'Test' ? plan.trial : { zh: '', en: '' };
  const end = message === 'Cancel' ? plan.cancel : { zh: '', en: '' };
  return { zh: `${mark.zh}${end.zh}${zh}`, en: `${mark.en}${end.en}${en}` };
};

/** Warnings of the past storms and those that stand at the end (预警信息). */
export function* alertRows(at: Date): Generator<unknown[]> {
  for (const [i, told] of tell(at.getTime()).entries()) {
    const { zh, en } = headlineOf(told);
    const [sent, isEnd] = [new Date(told.sentAt), told.message === 'Cancel'];
    yield [
      ...[idOf(i), told.identifier, plan.sender, sent, told.chain.status, told.message, told.refersTo],
      ...[told.warning, levels[told.warning.split('-')[1] ?? ''] ?? null, zh, en],
      ...[isEnd ? '' : (words[told.warning]?.[2] ?? ''), sent, new Date(told.expiresAt)],
      told.endedAt === null ? null : new Date(told.endedAt),
    ];
  }
}

/** The places of every warning. */
export function* alertAreaRows(divided: Divided, at: Date): Generator<unknown[]> {
  const places = placesOf(divided);
  for (const [i, { chain }] of tell(at.getTime()).entries())
    for (const [seq, cover] of chain.covers.entries()) {
      const { name, en, division, geometry } = places[cover];
      yield [idOf(i), seq, name, en, division, geometry];
    }
}
