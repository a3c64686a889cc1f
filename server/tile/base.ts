import { simplify } from '@turf/turf';
import type { Geometry as AnyGeometry, Feature, FeatureCollection } from 'geojson';
import type { Geometry } from '@/data/model/geo';
import { roundGeometry } from './outline';

/** Feature of the base map as it is read. */
type BaseFeature = {
  kind: string;
  rank: number;
  name: string | null;
  nameEn: string | null;
  elevationMetres: number | null;
  geometry: Geometry;
};

type BaseProperties = { kind: string; rank: number; name?: string; nameEn?: string; elevation?: number };

/** Degrees a line may stray: 4 m where the eye follows it (coast, roads), 15 m on soft ground. */
const tolerance: Record<string, number> = { hill: 1.5e-4, wood: 1.5e-4, sea: 1.5e-4, outside: 3e-4 };

/** Base map as GeoJSON, thinned by kind and rounded to 1 m, in drawing order. Points keep their place. */
export const baseCollection = (features: BaseFeature[]): FeatureCollection<AnyGeometry, BaseProperties> => ({
  type: 'FeatureCollection',
  features: features.map(
    ({ kind, rank, name, nameEn, elevationMetres, geometry }): Feature<AnyGeometry, BaseProperties> => {
      const thinned =
        geometry.type === 'Point'
          ? geometry
          : simplify(geometry as Exclude<AnyGeometry, { type: 'GeometryCollection' }>, {
              tolerance: tolerance[kind] ?? 4e-5,
              highQuality: false,
            });
      return {
        type: 'Feature',
        properties: {
          kind,
          rank,
          ...(name ? { name, nameEn: nameEn ?? name } : {}),
          ...(elevationMetres === null ? {} : { elevation: elevationMetres }),
        },
        geometry: roundGeometry(thinned as Exclude<AnyGeometry, { type: 'GeometryCollection' }>) as AnyGeometry,
      };
    },
  ),
});
