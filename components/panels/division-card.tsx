'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowDownRight } from 'lucide-react';
import type { Answer } from '@/data/model/answer';
import type { DivisionLevel } from '@/data/model/division';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { Change } from '../base/figure';
import { periodWords } from '../base/period-words';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { type Api, useTRPC } from '../feed/trpc';
import { Breakdown } from '../panel/breakdown';
import { Card, CardFigures, CardSection } from '../panel/card';
import { CoverLines } from '../panel/cover-lines';
import { definePanel } from '../panel/panel';
import { focusOf } from '../panel/question';
import styles from './division-card.module.css';

const key = 'division-card';
const words = (name: string) => `panel.${key}.${name}`;

const stocks = ['person.resident', 'building.count', 'dwelling.count', 'entity.count'] as const;
const events = [
  'event.reported',
  'event.open',
  'event.overdue',
  'event.close_rate',
  'event.on_time_close_rate',
  'event.handle_hours',
] as const;
const duties = ['duty.rostered', 'duty.on_duty', 'duty.on_duty_share'] as const;
type Metric = (typeof stocks)[number] | (typeof events)[number] | (typeof duties)[number];

const ask = (api: Api, view: View) => {
  const question = { division: focusOf(view), period: view.period, at: view.at, known: view.known, filters: [] };
  const one = (metric: Metric) => api.metric.ask.queryOptions({ metric, question });
  const flow = (metric: Metric) => api.metric.ask.queryOptions({ metric, question, operators: ['previous'] });
  const split = (metric: string, dimension: 'ageBand' | 'houseType' | 'entityType' | 'assetGroup' | 'populationType') =>
    api.metric.ask.queryOptions({ metric, question, dimensions: [dimension] });
  return {
    ...Object.fromEntries([...stocks, ...duties].map((metric) => [metric, one(metric)])),
    ...Object.fromEntries(events.map((metric) => [metric, flow(metric)])),
    population: split('person.resident', 'populationType'),
    houses: split('building.count', 'houseType'),
    entities: split('entity.count', 'entityType'),
    assets: split('asset.count', 'assetGroup'),
  };
};

type Answers = Partial<Record<string, Answer>>;

const hasAny = (answer: Answer | undefined): boolean =>
  answer?.cells.some(({ value, withheld }) => (value ?? 0) > 0 || withheld) ?? false;

/** Divisions below, by level: 3 街道 · 25 社区 · 170 网格. */
const Below = ({ code }: { code: string }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const node = divisions.byCode(code);
  const levels: DivisionLevel[] = ['subdistrict', 'community', 'grid'];
  const parts = levels.flatMap((level) => {
    const n = node?.level === level ? 0 : divisions.below(code, level).length;
    return n > 0 ? [t(words(`n.${level}`), { n })] : [];
  });
  const area = node?.areaSqm
    ? t(words('area'), { area: (node.areaSqm / 1e6).toFixed(node.areaSqm < 1e7 ? 2 : 1) })
    : '';
  return [...parts, area].filter(Boolean).join(' · ');
};

const Stocks = ({ data }: { data: Answers }) => {
  const { t } = useText();
  const shown = stocks.filter((metric) => hasAny(data[metric]));
  if (shown.length === 0) return <p className={styles.none}>{t(words('noBase'))}</p>;
  return (
    <CardFigures
      figures={shown.map((metric) => ({ key: metric, label: t(words(`figure.${metric}`)), answer: data[metric] }))}
    />
  );
};

const Events = ({ data, view }: { data: Answers; view: View }) => {
  const text = useText();
  const { t } = text;
  const figures = events.map((metric) => {
    const answer = data[metric];
    const note = answer?.cells[0]?.previous && <Change answer={answer} against="previous" hasLabel={false} />;
    return { key: metric, label: t(words(`figure.${metric}`)), answer, note };
  });
  return (
    <CardSection
      title={t(words('events'))}
      caption={t(words('eventCaption'), { period: periodWords(view.period, text) })}
    >
      <CardFigures figures={figures} nColumns={3} />
    </CardSection>
  );
};

const Duty = ({ data }: { data: Answers }) => {
  const { t } = useText();
  return (
    <CardSection title={t(words('duty'))} caption={hasAny(data['duty.rostered']) ? t(words('dutyCaption')) : undefined}>
      {hasAny(data['duty.rostered']) ? (
        <CardFigures
          figures={duties.map((metric) => ({ key: metric, label: t(words(`figure.${metric}`)), answer: data[metric] }))}
          nColumns={3}
        />
      ) : (
        <p className={styles.none}>{t(words('noDuty'))}</p>
      )}
    </CardSection>
  );
};

const splits: { name: string; dimension: string; list: string; tone: string }[] = [
  { name: 'population', dimension: 'populationType', list: 'population-type', tone: 'var(--vio-4)' },
  { name: 'houses', dimension: 'houseType', list: 'house-type', tone: 'var(--line-2)' },
  { name: 'entities', dimension: 'entityType', list: 'entity-type', tone: 'var(--line-2)' },
  { name: 'assets', dimension: 'assetGroup', list: 'asset-group', tone: 'var(--line-2)' },
];

const Splits = ({ data }: { data: Answers }) => {
  const { t } = useText();
  return splits.map(({ name, dimension, list, tone }) => {
    const answer = data[name];
    return answer && hasAny(answer) ? (
      <CardSection key={name} title={t(words(`split.${name}`))}>
        <Breakdown answer={answer} dimension={dimension} list={list} tone={tone} />
      </CardSection>
    ) : null;
  });
};

/** Which specialised grids cover a base grid, and who answers. */
const Covered = ({ grid, set }: { grid: string; set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const cover = useQuery(api.division.cover.queryOptions({ grid })).data;
  return cover && (cover.lines.length > 0 || cover.missing.length > 0) ? <CoverLines cover={cover} set={set} /> : null;
};

type BodyProps = { data: Answers; view: View; set: (patch: Partial<View>) => void };

const DivisionBody = ({ data, view, set }: BodyProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const code = focusOf(view) ?? divisions.root.code;
  const node = divisions.byCode(code) ?? divisions.root;
  const isSelected = code !== (view.division ?? divisions.root.code);
  const trail = divisions
    .trail(code)
    .slice(0, -1)
    .map((parent) => divisions.name(parent.code));
  return (
    <Card
      kicker={[t(words('title')), ...trail].join(' · ')}
      title={divisions.name(code)}
      badge={
        isSelected && (
          <Button kind="primary" onClick={() => set({ division: code, selection: null, camera: null })}>
            <ArrowDownRight aria-hidden />
            {t(words('descend'))}
          </Button>
        )
      }
      note={<Below code={node.code} />}
      onClose={isSelected ? () => set({ selection: null }) : undefined}
    >
      <Stocks data={data} />
      <Events data={data} view={view} />
      <Duty data={data} />
      {node.level === 'grid' && <Covered grid={node.code} set={set} />}
      <Splits data={data} />
    </Card>
  );
};

/** Summary of a division (区域档案): people, buildings, dwellings, entities, events, duty, assets. */
export const divisionCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  // it says what the division is and has in the period, whatever is filtered
  isOwnBrush: (active) => active !== 'day',
  ask: ({ view, api }) => ask(api, view),
  draw: ({ data, view, set }) => <DivisionBody data={data} view={view} set={set} />,
});
