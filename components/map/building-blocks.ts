import type { ExpressionSpecification, SourceSpecification } from 'maplibre-gl';
import { joinCode } from '@/data/model/serial';
import type { View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import { screenOf } from './geo-query';
import type { Drawing, LayerContext, PlacedLayer } from './layer';
import { mix, withOpacity } from './palette';

const storeyMetres = 3;
/** Zoom at which footprints rise to blocks. */
const riseZoom = 14.5;

/** Buildings carry data colour only within a community: there are few enough to ask for. */
export const isClose = (view: View, divisions: Divisions): boolean =>
  ['community', 'grid'].includes(divisions.byCode(view.division)?.level ?? '');

/** Code of a building of a tile, which carries it as `stem` and `serial`. */
export const buildingCode: ExpressionSpecification = [
  'concat',
  ['get', 'stem'],
  ['slice', ['to-string', ['get', 'serial']], 1],
];

/** The same of a picked building; null when it is none. */
export const codeOfBuilding = ({ stem, serial }: Record<string, unknown>): string | null =>
  typeof stem === 'string' && typeof serial === 'number' ? joinCode({ stem, serial }) : null;

const height: ExpressionSpecification = ['*', storeyMetres, ['max', 1, ['get', 'storeys']]];

const blocks = (id: string, source: string, rest: Record<string, unknown>, paint: Record<string, unknown>) =>
  ({
    id,
    slot: 'building',
    source,
    'source-layer': 'building',
    type: 'fill-extrusion',
    ...rest,
    paint: { 'fill-extrusion-height': height, 'fill-extrusion-vertical-gradient': true, ...paint },
  }) as unknown as PlacedLayer;

type Names = { key: string; all: string; focus: string };

/** Buildings around: plain, flat from afar, risen close to. */
const around = (context: LayerContext, { key, all }: Names, roof: string, focus: string | null): PlacedLayer[] => {
  const { palette, theme, divisions } = context;
  const level = divisions.byCode(focus)?.level === 'grid' ? 'grid' : 'community';
  const others = ['!=', ['coalesce', ['get', level], ''], focus ?? ' '];
  const edge = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
  const risen = ['interpolate', ['linear'], ['zoom'], riseZoom, 0, riseZoom + 0.4, height];
  const plan = {
    id: `${key}-plan`,
    slot: 'building',
    source: all,
    'source-layer': 'building',
    type: 'fill',
    minzoom: 13,
    maxzoom: riseZoom,
    filter: others,
    paint: { 'fill-color': roof, 'fill-outline-color': withOpacity(edge, 0.6) },
  } as unknown as PlacedLayer;
  const rest = { minzoom: riseZoom, filter: others };
  return [plan, blocks(key, all, rest, { 'fill-extrusion-color': roof, 'fill-extrusion-height': risen })];
};

/** The selected building: white, and a hand higher than its own block, which would else shine through. */
const selectedBlock = ({ view, palette }: LayerContext, source: string, isFar: boolean): PlacedLayer => {
  const selected = view.selection?.startsWith('building:') ? view.selection.slice('building:'.length) : '';
  return blocks(
    `${source}-selected`,
    source,
    { filter: ['==', buildingCode, selected], ...(isFar ? { minzoom: riseZoom } : {}) },
    { 'fill-extrusion-color': palette('select'), 'fill-extrusion-height': ['+', 0.4, height] },
  );
};

/** Tiles of everything, and from afar those of the one division looked at. */
const tilesOf = ({ size }: LayerContext, within: string | null): SourceSpecification => {
  const query = new URLSearchParams({ screen: screenOf[size], ...(within === null ? {} : { within }) });
  const url = `${window.location.origin}/api/tiles/building/{z}/{x}/{y}?${query}`;
  return { type: 'vector', encoding: 'mlt', tiles: [url], minzoom: within === null ? 13 : 11, maxzoom: 16 };
};

/** Plain roof: a step above the ground, calm under any data. */
export const plainRoof = ({ palette, theme }: LayerContext): string =>
  theme === 'dark'
    ? mix(palette('map-land'), palette('text-3'), 0.34)
    : mix(palette('map-land'), palette('text-3'), 0.25);

/** Every building at its true storeys × 3 m; `colour` paints those of the community or grid looked at. */
export const drawBuildings = (
  key: string,
  context: LayerContext,
  colour: string | ExpressionSpecification,
): Drawing => {
  const { view, divisions } = context;
  const names = { key, all: key, focus: `${key}-focus` };
  const roof = plainRoof(context);
  const focus = isClose(view, divisions) ? view.division : null;
  const all = tilesOf(context, null);
  if (focus === null)
    return {
      sources: { [names.all]: all },
      style: [...around(context, names, roof, null), selectedBlock(context, names.all, true)],
    };
  return {
    sources: { [names.all]: all, [names.focus]: tilesOf(context, focus) },
    style: [
      ...around(context, names, roof, focus),
      blocks(names.focus, names.focus, {}, { 'fill-extrusion-color': colour }),
      selectedBlock(context, names.focus, false),
    ],
  };
};

/** First words of a building under the pointer: its name where it has one, type and storeys. */
export const buildingWords = (properties: Record<string, unknown>, { text }: LayerContext): string[] => {
  const name = text.lang === 'zh' ? properties.name : properties.nameEn;
  const facts = text.t('map.building', {
    type: text.term('house-type', String(properties.houseType)),
    storeys: Number(properties.storeys),
  });
  return [...(typeof name === 'string' && name ? [name] : []), facts];
};
