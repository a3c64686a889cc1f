import type { MultiPolygon, Polygon } from 'geojson';
import type { LngLat } from '@/data/model/geo';

/** The name of an area on a wall and what is told of it, empty for nothing. */
export type AreaWords = {
  code: string;
  name: string;
  value: string;
  area: Polygon | MultiPolygon;
  /** It is exceptional. */
  isTold: boolean;
  /** How far it stands from where it is good to be, 0–1: the farther, the more is done for its name. Absent = no end is good, or its value is not told. */
  need?: number;
};

/** Words beside a point on a wall, its lines parted by a line feed: a value at the dot it was measured at, minutes at a start. */
export type PointWords = {
  /** Stable, unlike any code of an area. */
  code: string;
  at: LngLat;
  /** Of the mark at the point, px. */
  radius: number;
  words: string;
  /** Token of its colour. */
  token: string;
  /** Size of its type, captions. */
  em: number;
  /** On a plate, not in a halo. */
  isPlated: boolean;
};
