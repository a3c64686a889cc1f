import type { DivisionLevel } from '@/data/model/division';
import { focusOf } from '../map/focus-level';
import { type Areas, borderQuery, outlineQuery } from '../map/geo-query';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import type { Outline } from '../map/overlaid';
import { withOpacity } from '../map/palette';

const key = 'division-line';

const codeOf = (selection: string | null): string | null =>
  selection?.startsWith('division:') ? selection.slice('division:'.length) : null;

/** Levels whose outlines may have to be marked: the one filled, and that of a selection from elsewhere. */
const markedLevel = (view: LayerContext['view'], divisions: LayerContext['divisions']): DivisionLevel =>
  divisions.byCode(codeOf(view.selection))?.level ?? focusOf(view, divisions).level;

const border = (id: string, ranks: number[], paint: Record<string, unknown>, minzoom = 0): PlacedLayer =>
  ({
    id: `${key}-${id}`,
    slot: 'line',
    type: 'line',
    source: key,
    minzoom,
    filter: ['in', ['get', 'rank'], ['literal', ranks]],
    layout: { 'line-join': 'round', 'line-cap': id === 'grid' ? 'butt' : 'round' },
    paint,
  }) as PlacedLayer;

/** Light grey of sub-district borders on the dark theme (DESIGN-LANGUAGE 4.3). */
const streetGrey = '#dce5ea';

/** Width in px: lines grow with the text of the screen, 1 on a desk. */
const unit = ({ captionPx }: LayerContext) => Math.max(1, captionPx / 26);

/** Ranks differ by width, tone and dash, so that they are told apart without colour. */
const borders = (context: LayerContext, level: DivisionLevel): PlacedLayer[] => {
  const { palette, theme } = context;
  const px = unit(context);
  const ground = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
  return [
    border(
      'grid',
      [4],
      { 'line-color': palette('text-3'), 'line-width': 1.1 * px, 'line-dasharray': [3, 2.5] },
      level === 'grid' ? 11 : 14,
    ),
    border('community', [3], { 'line-color': ground, 'line-width': 2.4 * px }),
    border('street-casing', [1, 2], { 'line-color': ground, 'line-width': 6.5 * px }),
    border('street', [1, 2], {
      'line-color': streetTone(context),
      'line-width': ['match', ['get', 'rank'], 2, 3 * px, 1.8 * px],
    }),
  ];
};

const focusLine = (id: string, code: string, paint: Record<string, unknown>): PlacedLayer =>
  ({
    id: `${key}-${id}`,
    slot: 'line',
    type: 'line',
    source: `${key}-focus`,
    filter: ['==', ['get', 'code'], code],
    layout: { 'line-join': 'round' },
    paint,
  }) as PlacedLayer;

const streetTone = ({ theme, palette }: LayerContext) =>
  theme === 'dark' ? withOpacity(streetGrey, 0.85) : palette('text-2');

/** The division looked at, once it is not the whole territory. */
const focusCode = ({ view, divisions }: LayerContext): string | null =>
  view.division === divisions.root.code ? null : view.division;

/** Edge of the division looked at: drawn like the edge of a sub-district. */
const focusLines = (context: LayerContext, code: string): PlacedLayer[] => {
  const { palette, theme } = context;
  const px = unit(context);
  const ground = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
  return [
    focusLine('focus-casing', code, { 'line-color': ground, 'line-width': 7 * px }),
    focusLine('focus', code, { 'line-color': streetTone(context), 'line-width': 2.6 * px }),
  ];
};

/** The division selected and the one pointed at, traced over the map. */
const outlinesOf = ({ features }: Areas, { view, highlight }: LayerContext): Outline[] => {
  const areaOf = (selection: string | null) => {
    const code = codeOf(selection);
    return code === null ? undefined : features.find(({ properties }) => properties.code === code)?.geometry;
  };
  const [selected, pointed] = [areaOf(view.selection), areaOf(highlight)];
  return [
    ...(pointed && pointed !== selected ? [{ kind: 'pointed' as const, area: pointed }] : []),
    ...(selected ? [{ kind: 'selected' as const, area: selected }] : []),
  ];
};

/** Borders of sub-districts, communities and grids (区划界), and the outline of what is selected. */
export const divisionLine = defineLayer({
  key,
  geometry: 'line',
  minZoom: 0,
  maxZoom: 24,
  budget: 3_000,
  isLive: false,
  filters: { none: 'borders stand whatever is counted within them' },
  ask: ({ view, divisions, size }) => ({
    lines: borderQuery(size, divisions.era),
    marks: outlineQuery(markedLevel(view, divisions), size, divisions.era),
    focus: outlineQuery((divisions.byCode(view.division) ?? divisions.root).level, size, divisions.era),
  }),
  follows: ['highlight'],
  selects: ['division'],
  draw: (data, context) => {
    const focus = focusCode(context);
    return {
      sources: {
        [key]: { type: 'geojson', data: data.lines, tolerance: 0.2 },
        ...(focus ? { [`${key}-focus`]: { type: 'geojson', data: data.focus, tolerance: 0.2 } } : {}),
      },
      style: [
        ...borders(context, focusOf(context.view, context.divisions).level),
        ...(focus ? focusLines(context, focus) : []),
      ],
      overlaid: { outlines: outlinesOf(data.marks, context) },
    };
  },
});
