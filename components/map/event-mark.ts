import Supercluster from 'supercluster';
import type { EventLevel, EventRow } from '@/data/model/event';
import type { Bbox, LngLat } from '@/data/model/geo';
import { seamPx } from '../base/seams';
import type { MapSeams } from './map-seams';
import { pixelsBetween } from './pixels';

/** A mark on the map: one event, or several of one level, so that a shape with a count says what it counts. */
export type EventMark = {
  /** Stable while the same events stand behind it. */
  key: string;
  position: LngLat;
  /** Level of all inside. */
  level: EventLevel;
  count: number;
  /** The event, when there is just one. */
  row: EventRow | null;
  /** Zoom at which a cluster falls apart; null for a single event or a division's sum. */
  splitZoom: number | null;
  /** Division the mark sums up; null for all others. */
  division: string | null;
  /** Px that the mark is drawn away from its position. */
  shift: [number, number];
};

/** A mark with the height it is drawn in, px. */
export type DrawnMark = EventMark & { size: number };

/** Marks that stand so far from their place, in their own sizes, are led to it: grave ones wherever they don't cover it. */
const leastLed = { grave: 0.5, other: 1.1 };

/** Whether a line leads from the place of a mark to where it had to stand. */
export const isMarkLed = ({ shift, size, level }: DrawnMark): boolean =>
  Math.hypot(...shift) > (level <= 2 ? leastLed.grave : leastLed.other) * size;

type Props = { row: EventRow };

type DrawnRow = EventRow & { position: LngLat };

/** An event that can be drawn: open and with a position. */
export const isDrawn = (row: EventRow): row is DrawnRow => row.position !== null && row.stage !== 'closed';

/** The mark of one event. */
export const singleMark = (row: EventRow, position: LngLat): EventMark => ({
  key: row.id,
  position,
  level: row.level,
  count: 1,
  row,
  splitZoom: null,
  division: null,
  shift: [0, 0],
});

/** Ⅰ and Ⅱ always stand alone; events of the others are drawn together, each level by itself. */
const standsAlone = (row: EventRow) => row.level <= 2;
const clustered: readonly EventLevel[] = [3, 4];

/** Index over settled events; building it takes about 1 ms a thousand. `radius` in px. */
export const indexEvents = (rows: EventRow[], radius: number) => {
  const drawn = rows.filter(isDrawn);
  const alone = drawn.filter(standsAlone).map((row) => singleMark(row, row.position));
  const indexes = clustered.map((level) => {
    const index = new Supercluster<Props>({ radius, extent: 512, maxZoom: 17 });
    index.load(
      drawn
        .filter((row) => row.level === level)
        .map((row) => ({
          type: 'Feature',
          geometry: { type: 'Point', coordinates: row.position },
          properties: { row },
        })),
    );
    return { level, index };
  });
  return (zoom: number): EventMark[] => [...indexes.flatMap((one) => clustersAt(one, zoom)), ...alone];
};

type LevelIndex = { level: EventLevel; index: Supercluster<Props> };

const clustersAt = ({ level, index }: LevelIndex, zoom: number): EventMark[] =>
  index.getClusters([-180, -90, 180, 90], Math.floor(zoom)).map(({ geometry, properties }) => {
    const position: LngLat = [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0];
    if (!('cluster' in properties)) return singleMark(properties.row, position);
    return {
      key: `cluster-${level}-${properties.cluster_id}-${properties.point_count}`,
      position,
      level,
      count: properties.point_count,
      row: null,
      splitZoom: index.getClusterExpansionZoom(properties.cluster_id),
      division: null,
      shift: [0, 0],
    };
  });

/** One mark a division and level, at its label; Ⅰ and Ⅱ at their own place. Events outside the given divisions stand alone. */
export const sumByDivision = (
  rows: EventRow[],
  divisionOf: (row: EventRow) => string | null,
  centers: ReadonlyMap<string, LngLat>,
): EventMark[] => {
  const groups = new Map<string, DrawnRow[]>();
  const single: EventMark[] = [];
  for (const row of rows.filter(isDrawn)) {
    const division = divisionOf(row);
    if (standsAlone(row) || division === null || !centers.has(division)) single.push(singleMark(row, row.position));
    else groups.set(`${division}-${row.level}`, [...(groups.get(`${division}-${row.level}`) ?? []), row]);
  }
  const summed = [...groups].flatMap(([key, group]): EventMark[] => {
    const division = group[0] ? divisionOf(group[0]) : null;
    const [position, level] = [division === null ? undefined : centers.get(division), group[0]?.level];
    if (!position || !level) return [];
    const row = group.length === 1 ? (group[0] ?? null) : null;
    const base = { key: `division-${key}`, position, level, count: group.length, row };
    return [{ ...base, splitZoom: null, division, shift: [0, 0] }];
  });
  return [...single, ...summed];
};

/** Room of a grave mark in its own sizes: a ring is drawn round it, which no other mark may meet. */
const ringRoom = 1.5;

const nAngles = 12;
const nRings = 16;

/** Ways to step aside, nearest first: none, then rings around the place. Lengths in mark sizes. */
const steps: [number, number][] = [
  [0, 0],
  ...Array.from({ length: nRings * nAngles }, (_, i): [number, number] => {
    const [ring, angle] = [Math.floor(i / nAngles) + 1, ((i % nAngles) / nAngles) * 2 * Math.PI];
    return [Math.sin(angle) * ring * 0.25, -Math.cos(angle) * ring * 0.25];
  }),
];

/** What marks keep off: seams of the wall, what covers the map. */
export type MarkRoom = { seams: MapSeams; covers: readonly Bbox[] };

type Placed = { mark: EventMark; x: number; y: number; size: number };

/** Corners of marks are round: they stand a little closer than their sizes. */
const ownRoom = ({ size }: Pick<Placed, 'size'>): number => size * 0.92;
const roomOf = (one: Pick<Placed, 'mark' | 'size'>): number =>
  one.mark.level <= 2 ? one.size * ringRoom : ownRoom(one);

const reportedOf = ({ row }: EventMark): string => row?.reportedAt ?? '';

/**
 * Moves marks aside so that none covers another: the graver stays, of two as grave the one that has waited longer, the others step to the nearest free place, at most
 * four mark sizes away; round grave ones stays room for a ring, and none stands on a seam of the wall or, if it can
 * step out from there, under what covers the map. `sizeOf` = a mark's height, `lift` = how far a division's sum stands above its label, px.
 */
export const placeMarks = (
  marks: EventMark[],
  zoom: number,
  sizeOf: (mark: EventMark) => number,
  lift: number,
  { seams, covers }: MarkRoom,
): EventMark[] => {
  const origin = marks[0]?.position ?? [0, 0];
  const across = seams.lng.map((lng) => pixelsBetween(origin, [lng, origin[1]], zoom)[0]);
  const down = seams.lat.map((lat) => pixelsBetween(origin, [origin[0], lat], zoom)[1]);
  const boxes = covers.map(([west, south, east, north]) => {
    const [left, top] = pixelsBetween(origin, [west, north], zoom);
    const [right, bottom] = pixelsBetween(origin, [east, south], zoom);
    return { left, top, right, bottom };
  });
  const placed: Placed[] = [];
  const byGravity = marks.toSorted(
    (a, b) =>
      a.level - b.level ||
      Number(a.division !== null) - Number(b.division !== null) ||
      b.count - a.count ||
      reportedOf(a).localeCompare(reportedOf(b)),
  );
  for (const mark of byGravity) {
    const size = sizeOf(mark);
    const [fromX, fromY] = pixelsBetween(origin, mark.position, zoom);
    const up = mark.division === null ? 0 : -lift;
    const isOffSeams = ([dx, dy]: [number, number]): boolean => {
      const reach = size / 2 + seamPx;
      const clear = (list: number[], at: number) => list.every((seam) => Math.abs(seam - at) >= reach);
      return clear(across, fromX + dx * size) && clear(down, fromY + up + dy * size);
    };
    const isOpen = ([dx, dy]: [number, number]): boolean => {
      const [x, y] = [fromX + dx * size, fromY + up + dy * size];
      const isApart = (at: number, low: number, high: number) => at <= low - size / 2 || at >= high + size / 2;
      return boxes.every(({ left, top, right, bottom }) => isApart(x, left, right) || isApart(y, top, bottom));
    };
    const isFree =
      (room: (placed: Pick<Placed, 'mark' | 'size'>) => number) =>
      ([dx, dy]: [number, number]): boolean =>
        placed.every((other) => {
          const [x, y] = [fromX + dx * size - other.x, fromY + up + dy * size - other.y];
          return Math.hypot(x, y) >= (room({ mark, size }) + room(other)) / 2;
        });
    // in a crowd rings meet rather than marks
    const offSeams = steps.filter(isOffSeams);
    const open = offSeams.filter(isOpen);
    const places = open.length > 0 ? open : offSeams;
    const [dx, dy] = places.find(isFree(roomOf)) ?? places.find(isFree(ownRoom)) ?? places[0] ?? [0, 0];
    const shift: [number, number] = [dx * size, up + dy * size];
    placed.push({ mark: { ...mark, shift }, x: fromX + shift[0], y: fromY + shift[1], size });
  }
  return placed.map(({ mark }) => mark);
};
