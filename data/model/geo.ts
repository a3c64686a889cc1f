import { z } from 'zod';

/** Position in degrees, WGS-84 / CGCS2000, longitude first, always. */
export const LngLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export type LngLat = [number, number];

/** Extent in degrees: west, south, east, north. */
export const Bbox = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Bbox = [number, number, number, number];

/** Outer ring first, then holes; every ring closed; degrees, longitude first. */
export type Polygon = { type: 'Polygon'; coordinates: LngLat[][] };
export type MultiPolygon = { type: 'MultiPolygon'; coordinates: LngLat[][][] };
export type LineString = { type: 'LineString'; coordinates: LngLat[] };
export type Point = { type: 'Point'; coordinates: LngLat };
export type Area = Polygon | MultiPolygon;
export type Geometry = Area | LineString | Point;

/** All corners of an area, those of its holes among them. */
export const cornersOf = ({ type, coordinates }: Area): LngLat[] =>
  type === 'Polygon' ? coordinates.flat() : coordinates.flat(2);
