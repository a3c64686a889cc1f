import type { FeatureCollection, MultiLineString, MultiPolygon, Point, Polygon } from 'geojson';
import type { DivisionLevel } from '@/data/model/division';
import type { ScreenKey } from '@/data/model/scope';
import type { MapSize } from './layer';

/** Class of screen a map of this size belongs to; the server cuts what it sends to it. */
export const screenOf: Record<MapSize, ScreenKey> = { wall: 'big', desk: 'mid', hand: 'small' };

const geoQuery = <T>(path: string, size: MapSize) => ({
  queryKey: ['map', path, screenOf[size]] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<T> => {
    const response = await fetch(`/api/map/${path}`, { headers: { 'x-screen': screenOf[size] }, signal });
    if (!response.ok) throw new Error(`/api/map/${path} answered ${response.status}.`);
    return (await response.json()) as T;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export type AreaProperties = {
  code: string;
  name: string;
  nameEn: string;
  center: [number, number] | null;
  bbox: [number, number, number, number] | null;
  areaSqm: number | null;
};
export type Areas = FeatureCollection<Polygon | MultiPolygon, AreaProperties>;
export type Borders = FeatureCollection<MultiLineString, { rank: 1 | 2 | 3 | 4; level: DivisionLevel }>;
export type BaseFeatures = FeatureCollection<
  Polygon | MultiPolygon | Point,
  { kind: string; rank: number; name: string | null; nameEn: string | null; elevation: number | null }
>;

/** `era`: boundaries of which time (`eraOf`); null = now. */
export const outlineQuery = (level: DivisionLevel, size: MapSize, era: string | null) =>
  geoQuery<Areas>(`divisions?level=${level}${era === null ? '' : `&at=${era}`}`, size);
export const borderQuery = (size: MapSize, era: string | null) =>
  geoQuery<Borders>(`borders${era === null ? '' : `?at=${era}`}`, size);
export const blockQuery = (size: MapSize) => geoQuery<Areas>('blocks', size);
export const baseQuery = (size: MapSize) => geoQuery<BaseFeatures>('base', size);

/** Outlines of key areas (重点区域). */
export type AssetAreas = FeatureCollection<
  Polygon | MultiPolygon,
  { id: string; group: string; type: string; name: string; nameEn: string }
>;
export const assetAreaQuery = (size: MapSize) => geoQuery<AssetAreas>('asset-areas', size);

/** Specialised grids of one line (专业网格). */
export type SpecialisedAreas = FeatureCollection<
  Polygon | MultiPolygon,
  {
    code: string;
    line: string;
    name: string;
    nameEn: string;
    department: string;
    nGrids: number;
    center: [number, number];
  }
>;
export const specialisedQuery = (ask: string, size: MapSize) => geoQuery<SpecialisedAreas>(`specialised${ask}`, size);
