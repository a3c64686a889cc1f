'use client';

import { memo } from 'react';
import { type DimensionKey, noCode } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import { EventLevel, eventStages } from '@/data/model/event';
import type { FilterField, View } from '@/data/model/view';
import { LevelMark } from '../base/level-mark';
import { chosenOf, facetRows, facetSource, toggled } from '../chart/facet';
import { useText } from '../feed/text';
import type { Api } from '../feed/trpc';
import { withClause } from '../feed/view';
import { CategoryFacet } from '../panel/category-facet';
import { useCodeWord } from '../panel/code-word';
import { FacetGroup, FacetLine } from '../panel/facet-group';
import styles from '../panel/facet-group.module.css';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import { useRowBrush } from '../panel/use-row-brush';

type SetView = (patch: Partial<View>) => void;
type PlainField = Extract<FilterField, 'level' | 'stage' | 'source' | 'department' | 'hourOfDay'>;

const fixedCodes: Partial<Record<PlainField, readonly string[]>> = {
  level: ['1', '2', '3', '4'],
  stage: eventStages,
  hourOfDay: Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')),
};

type FacetProps = { field: PlainField; answer: Answer; view: View; set: SetView; shown?: number; isFolded?: boolean };

/** Drawn anew with its own answer only. */
const Facet = memo(({ field, answer, view, set, shown, isFolded }: FacetProps) => {
  const { t } = useText();
  const wordOf = useCodeWord();
  const chosen = chosenOf(view, field);
  const rows = facetRows(answer, field, { codes: fixedCodes[field], chosen });
  const choose = (values: string[]) =>
    set({ filters: withClause(view, { source: facetSource(field), field, values }) });
  const brush = useRowBrush({ active: field, source: facetSource(field), view, chosen, take: choose });
  if (rows.length === 0) return null;
  return (
    <FacetGroup
      title={t(`common.dimension.${field}`)}
      rows={rows}
      shown={shown}
      brush={brush}
      isFolded={isFolded && chosen.length === 0}
      draw={(row, isDimmed) => {
        const level = field === 'level' ? EventLevel.safeParse(Number(row.code)).data : undefined;
        return (
          <FacetLine
            key={row.code}
            row={row}
            answer={answer}
            label={row.code === noCode ? t(`panel.facets.none.${field}`) : wordOf(field, row.code)}
            isDimmed={isDimmed}
            mark={level && <LevelMark level={level} size="16px" isMuted={row.cell.value === 0} />}
            tone={level && `var(--alert-${level})`}
            onToggle={() => choose(toggled(chosen, row.code))}
            onSolo={() => choose([row.code])}
          />
        );
      }}
    />
  );
});

const ask = (api: Api, view: View, dimension: DimensionKey & FilterField) =>
  api.metric.ask.queryOptions({
    metric: 'event.reported',
    dimensions: [dimension],
    question: questionOf(facetSource(dimension), view),
  });

/** Facets of events (分面): each counts what the others leave, and filters every other panel. */
export const facets = definePanel({
  key: 'facets',
  sizes: ['desk'],
  isBare: true,
  isOwnBrush: (active, name) => facetSource(active) === facetSource(name),
  ask: ({ view, api }) => ({
    level: ask(api, view, 'level'),
    categoryL1: ask(api, view, 'categoryL1'),
    category: ask(api, view, 'category'),
    stage: ask(api, view, 'stage'),
    source: ask(api, view, 'source'),
    department: ask(api, view, 'department'),
    hourOfDay: ask(api, view, 'hourOfDay'),
  }),
  draw: ({ data, view, set }) => (
    <div className={styles.groups}>
      <Facet field="level" answer={data.level} view={view} set={set} />
      <CategoryFacet groups={data.categoryL1} kinds={data.category} view={view} set={set} />
      <Facet field="stage" answer={data.stage} view={view} set={set} />
      <Facet field="source" answer={data.source} view={view} set={set} shown={5} isFolded />
      <Facet field="department" answer={data.department} view={view} set={set} shown={5} isFolded />
      <Facet field="hourOfDay" answer={data.hourOfDay} view={view} set={set} shown={24} isFolded />
    </div>
  ),
});
