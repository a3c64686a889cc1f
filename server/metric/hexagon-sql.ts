import { noCode } from '@/data/metrics/dimensions';
import { hexagonMercatorMetres } from '@/data/model/hexagon';

/** Keeps column and row of a hexagon in one number. */
const base = 1_048_576;

const east = `(6378137 * radians(lng) / ${hexagonMercatorMetres})`;
const north = `(6378137 * ln(tan(pi() / 4 + radians(lat) / 2)) / ${hexagonMercatorMetres})`;
const turn = `(1 - sqrt(3) * ${north})`;
const column = `floor((floor(${turn} + ${east}) + floor(2 * ${east} + 1)) / 3)`;
const row = `-floor((floor(${turn} + ${east}) + floor(${turn} - ${east})) / 3)`;

/** The hexagon of a row's own place, as `hexagonOf` says it; the sums are `${noCode}` where a row has no place. */
export const hexagonSql = {
  group: `((${column} + ${base / 2}) * ${base} + ${row} + ${base / 2})::bigint`,
  label: `coalesce(($ // ${base} - ${base / 2}) || '_' || ($ % ${base} - ${base / 2}), '${noCode}')`,
};
