'use client';

import { useQueries } from '@tanstack/react-query';
import type { Answer, Cell } from '@/data/model/answer';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Api, Outputs } from '../feed/trpc';
import { useTRPC } from '../feed/trpc';
import { Card, CardFigures, CardSection } from '../panel/card';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import styles from './block-card.module.css';

const key = 'block-card';
const words = (name: string) => `panel.${key}.${name}`;
type Trail = Outputs['place']['trail'];
type SetView = (patch: Partial<View>) => void;

const stocks = ['person.resident', 'building.count', 'dwelling.count', 'entity.count'] as const;
const events = ['event.reported', 'event.open', 'event.overdue'] as const;

/** The block's cell; a block nothing was counted in stands at zero. */
const cellOf = (answer: Answer | undefined, code: string): Cell | undefined =>
  answer &&
  (answer.cells.find(({ at }) => at.block === code) ?? {
    at: { block: code },
    value: 0,
    numerator: 0,
    denominator: 1,
    n: 0,
  });

const askOf = (api: Api, view: View, grid: string | null) => (metric: string) =>
  api.metric.ask.queryOptions({
    metric,
    dimensions: ['block'],
    question: { division: grid ?? view.division, period: view.period, at: view.at, known: view.known, filters: [] },
    limit: 5_000,
  });

type BodyProps = { trail: Trail; view: View; set: SetView };

const Figures = ({
  trail,
  view,
  names,
  label,
}: Omit<BodyProps, 'set'> & { names: readonly string[]; label: string }) => {
  const api = useTRPC();
  const { t } = useText();
  const code = trail.block.here?.code ?? '';
  const answers = useQueries({ queries: names.map(askOf(api, view, trail.grid)) });
  const figures = names.map((metric, i) => {
    const answer = answers[i]?.data;
    return { key: metric, label: t(`panel.division-card.figure.${metric}`), answer, cell: cellOf(answer, code) };
  });
  return (
    <CardSection title={label}>
      <CardFigures figures={figures} nColumns={names.length} />
    </CardSection>
  );
};

/** Buildings of the block by name; choosing one goes down to it. */
const Buildings = ({ trail, set }: Pick<BodyProps, 'trail' | 'set'>) => {
  const { t, lang } = useText();
  const { siblings } = trail.building;
  if (siblings.length === 0) return null;
  return (
    <CardSection title={t(words('buildings'))} caption={t(words('nBuildings'), { n: siblings.length })}>
      <ul className={styles.buildings}>
        {siblings.map(({ code, name, nameEn }) => (
          <li key={code}>
            <Button kind="quiet" onClick={() => set({ selection: `building:${code}` })}>
              {lang === 'zh' ? name : nameEn}
            </Button>
          </li>
        ))}
      </ul>
    </CardSection>
  );
};

const BlockBody = ({ trail, view, set }: BodyProps) => {
  const { t, lang } = useText();
  const divisions = useDivisions();
  const here = trail.block.here;
  const above = divisions.trail(trail.grid ?? '').slice(-2);
  return (
    <Card
      kicker={[t(words('title')), ...above.map(({ code }) => divisions.name(code))].join(' · ')}
      title={(lang === 'zh' ? here?.name : here?.nameEn) ?? ''}
      note={here?.code}
      onClose={() => set({ selection: null })}
    >
      <Figures trail={trail} view={view} names={stocks} label={t(words('stocks'))} />
      <Figures trail={trail} view={view} names={events} label={t('panel.division-card.events')} />
      <Buildings trail={trail} set={set} />
    </Card>
  );
};

/** A block's people, buildings, entities and events, and the buildings in it (块档案). */
export const blockCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    trail: api.place.trail.queryOptions({ kind: 'block', code: partsOf(view.selection)?.code ?? '' }),
  }),
  draw: ({ data: { trail }, view, set }) => <BlockBody trail={trail} view={view} set={set} />,
});
