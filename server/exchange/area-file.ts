import { DivisionCode, type DivisionLevel } from '@/data/model/division';
import { type Area, cornersOf, type LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import { checkCrs, checkDegrees } from './crs';
import { type AreaMapping, columnsOf, fillTemplate, readJson } from './mapping';
import type { Finding } from './report';
import type { SourceFile } from './source-file';
import { cleanName, codeFor } from './word';

/** One feature taken: its place in each level of the file, top down, and its outline. */
export type AreaRecord = { row: number; keys: { level: DivisionLevel; code: string; name: string }[]; geometry: Area };
export type AreaFile = { records: AreaRecord[]; findings: Finding[]; nRead: number };

type Feature = {
  properties?: Record<string, unknown> | null;
  geometry?: { type?: unknown; coordinates?: unknown } | null;
};

const isPosition = (value: unknown): value is LngLat =>
  Array.isArray(value) && value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]);

const isRing = (value: unknown): value is LngLat[] => {
  if (!Array.isArray(value) || value.length < 4 || !value.every(isPosition)) return false;
  const [first, last] = [value[0], value.at(-1)];
  return first?.[0] === last?.[0] && first?.[1] === last?.[1];
};

const isPolygon = (value: unknown): value is LngLat[][] =>
  Array.isArray(value) && value.length > 0 && value.every(isRing);

/** Seven decimals are a centimetre; more only weigh. */
const round = ([lng, lat]: LngLat): LngLat => [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
const roundRings = (rings: LngLat[][]): LngLat[][] => rings.map((ring) => ring.map(round));

const readGeometry = (geometry: Feature['geometry']): Area | string => {
  if (!geometry) return 'has no outline';
  const { type, coordinates } = geometry;
  if (type === 'Polygon' && isPolygon(coordinates)) return { type, coordinates: roundRings(coordinates) };
  if (type === 'MultiPolygon' && Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every(isPolygon))
    return { type, coordinates: coordinates.map(roundRings) };
  if (type === 'Polygon' || type === 'MultiPolygon') return 'has an outline with a ring that is not closed';
  return `is a ${String(type)}, not a Polygon or MultiPolygon`;
};

const readFeatures = (source: SourceFile, crsOption: string | undefined): Feature[] => {
  const json = readJson(source.name, source.text);
  const collection = (typeof json === 'object' && json ? json : {}) as {
    type?: unknown;
    features?: unknown;
    crs?: { properties?: { name?: unknown } };
  };
  if (collection.type !== 'FeatureCollection' || !Array.isArray(collection.features))
    throw new Problem('invalid', `${source.name} is not a GeoJSON FeatureCollection: is it the file of the areas?`);
  const named = collection.crs?.properties?.name;
  checkCrs(source.name, crsOption ?? (typeof named === 'string' ? named : 'WGS84'));
  if (typeof named === 'string') checkCrs(source.name, named);
  if (collection.features.length === 0) throw new Problem('invalid', `${source.name} holds no features.`);
  return collection.features as Feature[];
};

const checkProperties = (source: SourceFile, features: readonly Feature[], mapping: AreaMapping): void => {
  const known = new Set(features.flatMap((feature) => Object.keys(feature.properties ?? {})));
  for (const [index, { code, name }] of mapping.levels.entries())
    for (const [key, template] of Object.entries({ code, name })) {
      const missing = columnsOf(template).find((column) => !known.has(column));
      if (missing !== undefined)
        throw new Problem(
          'invalid',
          `${source.name} has no property "${missing}", which the mapping names as areas.levels[${index}].${key}; it has: ${[...known].join(', ')}.`,
        );
    }
};

const readKeys = (feature: Feature, mapping: AreaMapping): AreaRecord['keys'] | string => {
  const cellOf = (column: string) => String(feature.properties?.[column] ?? '').trim();
  const keys: AreaRecord['keys'] = [];
  for (const { level, code, name } of mapping.levels) {
    const own = fillTemplate(code, cellOf);
    if (own === '') return `has no ${code}`;
    keys.push({
      level,
      code: DivisionCode.safeParse(own).success ? own : codeFor(own),
      name: cleanName(fillTemplate(name, cellOf)) || own,
    });
  }
  return keys;
};

/** Reads the areas of a GeoJSON file. Row n is its n-th feature. */
export const readAreas = (source: SourceFile, mapping: AreaMapping, crs?: string): AreaFile => {
  const features = readFeatures(source, crs);
  checkProperties(source, features, mapping);
  const records: AreaRecord[] = [];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [index, feature] of features.entries()) {
    const keys = readKeys(feature, mapping);
    const geometry = readGeometry(feature.geometry);
    const code = typeof keys === 'string' ? null : (keys.at(-1)?.code ?? null);
    const refuse = (reason: string) => findings.push({ row: index + 1, id: code, flag: null, reason });
    if (typeof keys === 'string') refuse(keys);
    else if (typeof geometry === 'string') refuse(geometry);
    else if (code !== null && seen.has(code)) refuse('its code stands twice');
    else {
      records.push({ row: index + 1, keys, geometry });
      seen.add(code ?? '');
    }
  }
  const [first] = findings;
  if (records.length === 0)
    throw new Problem('invalid', `${source.name}: no feature can be taken; the first ${first?.reason}.`);
  checkDegrees(
    source.name,
    records.flatMap(({ geometry }) => cornersOf(geometry)),
  );
  return { records, findings, nRead: features.length };
};
