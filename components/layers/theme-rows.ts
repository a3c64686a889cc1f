import { ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { LngLat } from '@/data/model/geo';
import { type ThemeHit, themeLimit, themeSearchOf } from '@/data/model/theme';
import { themeQuery } from '../feed/theme-query';
import { defineLayer, type LayerContext } from '../map/layer';
import { memoLast } from '../map/memo';
import { rgbaOf } from '../map/palette';

const key = 'theme-rows';

/** Rows that lie at one place: people of a building, quarrels of a grid. */
type Mark = { position: LngLat; rows: ThemeHit[] };

const marksOf = memoLast((rows: readonly ThemeHit[] | undefined): Mark[] => {
  const marks = new Map<string, Mark>();
  for (const row of rows ?? []) {
    if (!row.position) continue;
    const at = row.position.join(' ');
    const mark = marks.get(at) ?? { position: row.position, rows: [] };
    mark.rows.push(row);
    marks.set(at, mark);
  }
  return [...marks.values()];
});

const selectionOf = ({ kind, id }: ThemeHit): string => `${kind}:${id}`;
const holds = ({ rows }: Mark, selection: string | null): boolean => rows.some((row) => selectionOf(row) === selection);

const onTop = { depthCompare: 'always', depthWriteEnabled: false } as const;

const dots = (marks: Mark[], { view, palette, captionPx, theme }: LayerContext) => {
  const { selection } = view;
  return new ScatterplotLayer<Mark>({
    id: key,
    data: marks,
    pickable: true,
    stroked: true,
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    getPosition: ({ position }) => position,
    getRadius: ({ rows }) => captionPx * (rows.length === 1 ? 0.42 : 0.6 + 0.2 * Math.log10(rows.length)),
    getFillColor: rgbaOf(palette('text-1')),
    getLineColor: (mark) => rgbaOf(palette(holds(mark, selection) ? 'accent' : 'bg-0')),
    getLineWidth: (mark) => (holds(mark, selection) ? 4 : 2),
    parameters: onTop,
    updateTriggers: {
      getRadius: captionPx,
      getFillColor: theme,
      getLineColor: [theme, selection],
      getLineWidth: selection,
    },
  });
};

const counts = (marks: Mark[], { palette, captionPx, theme }: LayerContext) =>
  new TextLayer<Mark>({
    id: `${key}-count`,
    data: marks.filter(({ rows }) => rows.length > 1),
    characterSet: '0123456789',
    fontFamily: 'Inter Variable',
    fontWeight: 500,
    fontSettings: { fontSize: 96, buffer: 8 },
    getText: ({ rows }) => String(rows.length),
    getPosition: ({ position }) => position,
    getColor: rgbaOf(palette('bg-0')),
    getSize: captionPx * 0.8,
    parameters: onTop,
    updateTriggers: { getSize: captionPx, getColor: theme },
  });

/** Where the rows of a theme's search lie (主题查询结果): at their buildings; quarrels and persons in care in their grids. On a desk alone. */
export const themeRows = defineLayer({
  key,
  geometry: 'point',
  minZoom: 0,
  maxZoom: 24,
  budget: themeLimit,
  isLive: false,
  filters: { none: 'a search has conditions of its own, which the filters of figures do not know' },
  follows: ['page'],
  ask: ({ view, api, size }) => {
    const asked = themeQuery(api, view);
    return { found: { ...asked, enabled: asked.enabled !== false && size === 'desk' } };
  },
  draw: ({ found }, context) => {
    const marks = marksOf(found?.rows);
    return { deck: [dots(marks, context), counts(marks, context)] };
  },
  legend: ({ found }, { text, view }) => ({
    title: text.t(`theme.name.${themeSearchOf(view).theme}`),
    unit: text.t('map.rowsFound', { n: found?.rows.length ?? 0 }),
    asOf: null,
    rows: [],
  }),
  pick: ({ layerId, properties }, _data, { text }) => {
    if (!layerId.startsWith(key)) return null;
    const { rows } = properties as Mark;
    const [row] = rows;
    if (!row) return null;
    const place = text.lang === 'zh' ? row.place : row.placeEn;
    const lines = [place, text.t('map.rowsHere', { n: rows.length })].filter(Boolean);
    if (rows.length === 1) return { selection: selectionOf(row), lines };
    return { selection: row.building === null ? null : `building:${row.building}`, lines };
  },
});
