import type { ExpressionSpecification } from 'maplibre-gl';
import type { Answer } from '@/data/model/answer';
import { buildingCode, buildingWords, codeOfBuilding, drawBuildings, isClose, plainRoof } from '../map/building-blocks';
import { defineLayer, type LayerContext } from '../map/layer';
import { ownValues } from '../map/legend-filter';
import { memoLast } from '../map/memo';
import { metricQuery } from '../map/metric-answer';

const key = 'dwelling-use';

/** Colour of each word of list `house-use`, fixed for ever, none of them near an alert's; what has none is drawn as the rest. */
const tokens: Record<string, string> = {
  '1': 'cat-1',
  '2': 'cat-3',
  '3': 'cat-5',
  '4': 'cat-6',
  '5': 'cat-7',
  '6': 'cat-8',
};
const restToken = 'text-3';
const tokenOf = (use: string): string => tokens[use] ?? restToken;

type Use = { use: string; count: number; of: number };

/** The use that most dwellings of each building have (主要用途); of equals the first word of the list. */
export const mainUses = (answer: Pick<Answer, 'cells'>): Map<string, Use> => {
  const uses = new Map<string, Use>();
  for (const { at, value } of answer.cells) {
    const { building = '', houseUse = '' } = at;
    const known = uses.get(building);
    const count = value ?? 0;
    const isMore = !known || count > known.count || (count === known.count && houseUse < known.use);
    uses.set(building, {
      use: isMore ? houseUse : known.use,
      count: isMore ? count : known.count,
      of: (known?.of ?? 0) + count,
    });
  }
  return uses;
};

const usesOf = memoLast(mainUses);

const colourBy = (
  uses: Map<string, Use>,
  { palette, view, ...context }: LayerContext,
): string | ExpressionSpecification => {
  const roof = plainRoof({ palette, view, ...context });
  const chosen = ownValues(view.filters, key, 'houseUse');
  const codes = new Map<string, string[]>();
  for (const [building, { use }] of uses)
    if (chosen.length === 0 || chosen.includes(use))
      codes.set(tokenOf(use), [...(codes.get(tokenOf(use)) ?? []), building]);
  const branches = [...codes].flatMap(([token, list]) => [list, palette(token)]);
  return branches.length === 0
    ? roof
    : (['match', buildingCode, ...branches, roof] as unknown as ExpressionSpecification);
};

/** Buildings of a community by what most of their dwellings are used for (房屋用途). */
export const dwellingUse = defineLayer({
  key,
  geometry: 'building',
  minZoom: 13,
  maxZoom: 24,
  budget: 5_000,
  isLive: false,
  filters: 'question',
  selects: ['building'],
  covers: 'building',
  ask: (context) => ({
    answer: {
      ...metricQuery(context, key, 'dwelling.count', ['building', 'houseUse']),
      enabled: isClose(context.view, context.divisions),
    },
  }),
  draw: ({ answer }, context) =>
    drawBuildings(key, context, answer ? colourBy(usesOf(answer), context) : plainRoof(context)),
  legend: ({ answer }, { text }) => {
    if (!answer || answer.cells.length === 0) return null;
    const counts = new Map<string, number>();
    for (const { use } of usesOf(answer).values()) counts.set(use, (counts.get(use) ?? 0) + 1);
    return {
      title: text.t(`map.layer.${key}`),
      unit: text.t('common.unit.building'),
      asOf: null,
      rows: [...counts]
        .sort(([, a], [, b]) => b - a)
        .map(([use, count]) => ({
          token: tokenOf(use),
          label: text.term('house-use', use),
          isNoData: false,
          count,
          clause: { field: 'houseUse' as const, value: use },
        })),
    };
  },
  pick: ({ layerId, properties }, { answer }, context) => {
    const code = codeOfBuilding(properties);
    if (!layerId.startsWith(key) || code === null) return null;
    const main = answer && usesOf(answer).get(code);
    const { text } = context;
    const words = main
      ? [text.t('map.mainUse', { use: text.term('house-use', main.use), count: main.count, of: main.of })]
      : [];
    return { selection: `building:${code}`, lines: [...buildingWords(properties, context), ...words] };
  },
});
