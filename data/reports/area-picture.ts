import { metricByKey } from '../metrics/index';
import type { Answer } from '../model/answer';
import { type ClassScale, classOf, classWords, metricScale, nClasses, roundBreaks } from '../model/class-scale';
import { type Lang, shortFormat } from '../model/format';

type Ring = readonly (readonly number[])[];
type Shape =
  | { type: 'Polygon'; coordinates: readonly Ring[] }
  | { type: 'MultiPolygon'; coordinates: readonly (readonly Ring[])[] };
/** Outlines of areas with their codes, as the map has them. */
export type Outlines = {
  features: readonly { properties: { code: string; center: readonly number[] | null }; geometry: Shape }[];
};

/** A map as lines: areas with their class, null = nothing told; where their names stand. */
export type AreaPicture = {
  width: number;
  height: number;
  areas: { code: string; path: string; token: string | null; at: { x: number; y: number } | null }[];
  legend: { token: string | null; words: string }[];
};

const ringsOf = (shape: Shape): readonly Ring[] =>
  shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat();

const [width, most, edge] = [640, 420, 4];

/** Degrees straightened at their middle latitude, which is true enough for a district, in a box of given size. */
const framed = (points: readonly (readonly number[])[]) => {
  const ends = (axis: 0 | 1) =>
    points.reduce<[number, number]>(
      ([low, high], at) => [Math.min(low, at[axis] ?? 0), Math.max(high, at[axis] ?? 0)],
      [Infinity, -Infinity],
    );
  const [[west, east], [south, north]] = [ends(0), ends(1)];
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const wide = Math.max(1e-9, (east - west) * squeeze);
  const high = Math.max(1e-9, north - south);
  const scale = Math.min((width - 2 * edge) / wide, (most - 2 * edge) / high);
  const left = (width - wide * scale) / 2;
  return {
    height: Math.ceil(high * scale + 2 * edge),
    place: ([lng = 0, lat = 0]: readonly number[]) => ({
      x: left + (lng - west) * squeeze * scale,
      y: edge + (north - lat) * scale,
    }),
  };
};

/** Classes of an answer as the map itself has them when it is first looked at. */
export const scaleOfAnswer = (answer: Answer): ClassScale => {
  const metric = metricByKey.get(answer.metric);
  const told = answer.cells.flatMap(({ value }) => value ?? []);
  return metricScale(metric, metric?.breaks ?? roundBreaks(told, nClasses));
};

const legendOf = (answer: Answer, scale: ClassScale, lang: Lang): AreaPicture['legend'] => {
  const least = answer.cells.reduce((low, { value }) => Math.min(low, value ?? 0), 0);
  const isOpenBelow = metricByKey.get(answer.metric)?.breaks !== undefined && answer.unit === 'share';
  const worded = { scale, isOpenBelow, format: shortFormat(answer, [...scale.breaks, least], lang) };
  return scale.tokens.map((token, i) => ({ token, words: classWords(worded, i, least) }));
};

/** Areas of one level filled by an answer split by it (分级设色). */
export const areaPicture = (answer: Answer, outlines: Outlines, words: { lang: Lang; none: string }): AreaPicture => {
  const [dimension = ''] = answer.dimensions;
  const values = new Map(answer.cells.map(({ at, value }) => [at[dimension] ?? '', value]));
  const drawn = outlines.features.filter(({ properties: { code } }) => values.has(code));
  const scale = scaleOfAnswer(answer);
  const { height, place } = framed(drawn.flatMap(({ geometry }) => ringsOf(geometry).flat()));
  const dot = (at: readonly number[]) => {
    const { x, y } = place(at);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  const areas = drawn.map(({ properties: { code, center }, geometry }) => {
    const nth = classOf(scale, values.get(code) ?? null);
    return {
      ...{ code, token: nth === null ? null : (scale.tokens[nth] ?? null), at: center && place(center) },
      path: ringsOf(geometry)
        .map((ring) => `M${ring.map(dot).join('L')}Z`)
        .join(''),
    };
  });
  const legend = legendOf(answer, scale, words.lang);
  const lacks = areas.some(({ token }) => token === null);
  return {
    width,
    height: drawn.length > 0 ? height : 0,
    areas,
    legend: lacks ? [...legend, { token: null, words: words.none }] : legend,
  };
};
