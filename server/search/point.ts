import type { LngLat } from '@/data/model/geo';
import type { Scope } from '@/data/model/scope';
import type { SearchHit } from '@/data/model/search';
import { messages } from '@/data/text';
import type { Connection } from '../db/client';
import { locatorOf } from '../division/locate';
import { readCoordinates, type Typed } from './coordinate';
import { nearestBuilding, readShown } from './store';

/** A building this near to a point is the one that was meant. */
const nearMetres = 40;

const pointHit = ({ position, isSwapped }: Typed): SearchHit => {
  const [lng, lat] = position;
  const name = `${lng.toFixed(5)}, ${lat.toFixed(5)}`;
  const { zh, en } = messages[isSwapped ? 'search.swapped' : 'search.asTyped'] ?? { zh: '', en: '' };
  return {
    ...{ kind: 'point', code: `${lng},${lat}`, name, nameEn: name, detail: zh, detailEn: en, position },
    ...{ mark: null, markEn: null },
  };
};

/** What lies under a point of the caller's territory: the nearest building, its grid and its community. */
const under = async (connection: Connection, scope: Scope, position: LngLat): Promise<SearchHit[] | null> => {
  const place = (await locatorOf(connection))(position);
  if (!place?.path.startsWith(scope.path)) return null;
  const codes = [place.grid, place.community].filter((code) => code !== null);
  const [divisions, building] = await Promise.all([
    codes.length > 0 ? readShown(connection, scope, 'division', codes) : new Map(),
    place.grid ? nearestBuilding(connection, place.grid, position, nearMetres) : null,
  ]);
  const plain = { mark: null, markEn: null };
  const hits = codes.flatMap((code): SearchHit[] => {
    const shown = divisions.get(code);
    return shown ? [{ kind: 'division', ...shown, detailEn: shown.detail, ...plain }] : [];
  });
  return building ? [{ kind: 'building', ...building, detailEn: building.detail, ...plain }, ...hits] : hits;
};

/**
 * A typed pair of coordinates and what lies there. Both orders are tried: the one that falls into the caller's
 * territory is offered, or else the ones that are positions at all.
 */
export const findPoints = async (connection: Connection, scope: Scope, text: string): Promise<SearchHit[]> => {
  const readings = readCoordinates(text);
  for (const typed of readings) {
    const hits = await under(connection, scope, typed.position);
    if (hits) return [pointHit(typed), ...hits];
  }
  return readings.map(pointHit);
};
