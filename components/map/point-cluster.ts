import Supercluster from 'supercluster';
import type { Bbox, LngLat } from '@/data/model/geo';
import { type Points, positionOf } from '@/data/model/points';

/** A point, or several close together. */
export type PointMark = {
  position: LngLat;
  count: number;
  /** Row of a single point; −1 for several. */
  row: number;
  /** Zoom at which several fall apart; null for one. */
  splitZoom: number | null;
};

/** Clusters over chosen rows of a pack, asked for by what is seen; `radius` in px. */
export const indexPoints = (points: Points, rows: readonly number[], radius: number) => {
  const index = new Supercluster<{ row: number }>({ radius, extent: 512, maxZoom: 17 });
  index.load(
    rows.map((row) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: positionOf(points, row) },
      properties: { row },
    })),
  );
  return (frame: Bbox, zoom: number): PointMark[] =>
    index.getClusters(frame, Math.floor(zoom)).map(({ geometry, properties }) => {
      const position: LngLat = [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0];
      if (!('cluster' in properties)) return { position, count: 1, row: properties.row, splitZoom: null };
      const splitZoom = index.getClusterExpansionZoom(properties.cluster_id);
      return { position, count: properties.point_count, row: -1, splitZoom };
    });
};
