import type { MultiPolygon, Polygon } from 'geojson';

/** The name of an area on a wall and what is told of it, empty for nothing; whether it is exceptional. */
export type AreaWords = { code: string; name: string; value: string; area: Polygon | MultiPolygon; isTold: boolean };
