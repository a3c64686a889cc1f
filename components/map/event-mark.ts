import Supercluster from 'supercluster';
import type { EventLevel, EventRow } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';

/** A mark on the map: one event, or several under the shape of the gravest of them. */
export type EventMark = {
  /** Stable while the same events stand behind it. */
  key: string;
  position: LngLat;
  /** Gravest level inside. */
  level: EventLevel;
  count: number;
  /** The event, when there is just one. */
  row: EventRow | null;
  /** Zoom at which a cluster falls apart; null for a single event or a division's sum. */
  splitZoom: number | null;
  /** Division the mark sums up; null for all others. */
  division: string | null;
};

type Props = { row: EventRow; top: EventLevel };
type Sum = { top: EventLevel };

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
});

/** Ⅰ and Ⅱ always stand alone. */
const standsAlone = (row: EventRow) => row.level <= 2;

/** Index over settled events; building it takes about 1 ms a thousand. `radius` in px. */
export const indexEvents = (rows: EventRow[], radius: number) => {
  const drawn = rows.filter(isDrawn);
  const alone = drawn.filter(standsAlone).map((row) => singleMark(row, row.position));
  const index = new Supercluster<Props, Sum>({
    radius,
    extent: 512,
    maxZoom: 17,
    map: ({ top }) => ({ top }),
    reduce: (sum, { top }) => {
      sum.top = Math.min(sum.top, top) as EventLevel;
    },
  });
  index.load(
    drawn
      .filter((row) => !standsAlone(row))
      .map((row) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: row.position },
        properties: { row, top: row.level },
      })),
  );
  return (zoom: number): EventMark[] => [...clustersAt(index, zoom), ...alone];
};

const clustersAt = (index: Supercluster<Props, Sum>, zoom: number): EventMark[] =>
  index.getClusters([-180, -90, 180, 90], Math.floor(zoom)).map(({ geometry, properties }) => {
    const position: LngLat = [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0];
    if (!('cluster' in properties)) return singleMark(properties.row, position);
    return {
      key: `cluster-${properties.cluster_id}-${properties.point_count}`,
      position,
      level: properties.top,
      count: properties.point_count,
      row: null,
      splitZoom: index.getClusterExpansionZoom(properties.cluster_id),
      division: null,
    };
  });

/** One mark a division, at its label; Ⅰ and Ⅱ at their own place. Events outside the given divisions stand alone. */
export const sumByDivision = (
  rows: EventRow[],
  divisionOf: (row: EventRow) => string | null,
  centers: ReadonlyMap<string, LngLat>,
): EventMark[] => {
  const groups = new Map<string | null, DrawnRow[]>();
  for (const row of rows.filter(isDrawn)) {
    const own = divisionOf(row);
    const division = standsAlone(row) || own === null || !centers.has(own) ? null : own;
    groups.set(division, [...(groups.get(division) ?? []), row]);
  }
  return [...groups].flatMap(([division, group]): EventMark[] => {
    const position = division === null ? undefined : centers.get(division);
    if (!position) return group.map((row) => singleMark(row, row.position));
    const level = Math.min(...group.map((row) => row.level)) as EventLevel;
    const row = group.length === 1 ? (group[0] ?? null) : null;
    return [{ key: `division-${division}`, position, level, count: group.length, row, splitZoom: null, division }];
  });
};
