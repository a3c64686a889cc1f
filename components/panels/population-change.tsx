'use client';

import type { CSSProperties } from 'react';
import type { Answer } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import { askedBy, type View } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './population-change.module.css';

const key = 'population-change';
const nMonths = 12;

/** First instants (UTC) of the months before a clock, oldest first. */
export const monthsBefore = (clock: number, n: number): string[] => {
  const at = new Date(clock);
  return Array.from({ length: n }, (_, i) =>
    new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - (n - 1 - i), 1)).toISOString(),
  );
};

const asks = (view: View) => [...monthsBefore(view.at ? Date.parse(view.at) : Date.now(), nMonths), view.at];

/** Residents as they stood on the first of each month of a year, and now (人口变动): what came and what went. */
export const populationChange = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) =>
    Object.fromEntries(
      asks(view).map((at, i) => [
        `month${i}`,
        api.metric.ask.queryOptions({ metric: 'person.resident', question: { ...askedBy(key, view), at } }),
      ]),
    ),
  empty: (data) => Object.values(data).every(({ cells }) => (cells[0]?.value ?? null) === null),
  caption: () => <Caption />,
  draw: ({ data }) => <Months answers={Object.values(data)} />,
});

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.caption`);
};

/** Net change of each month as bars up and down from nought on one scale, the running one hollow, and the sum over the year. */
const Months = ({ answers }: { answers: readonly Answer[] }) => {
  const { t, lang } = useText();
  const values = answers.map(({ cells }) => cells[0]?.value ?? null);
  const steps = values.slice(1).map((value, i) => {
    const before = values[i] ?? null;
    return value === null || before === null ? null : value - before;
  });
  const known = steps.map((step) => step ?? 0);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const share = (value: number) => `${(Math.abs(value) / Math.max(1, high - low)) * 100}%`;
  const [first, last] = [answers[0], answers.at(-1)];
  const signed = (value: number) =>
    `${value > 0 ? '+' : ''}${formatValue({ unit: 'person', decimals: 0 }, value, lang).digits}`;
  return (
    <div className={styles.body}>
      <div className={styles.bars} style={{ '--nought': high / Math.max(1, high - low) } as CSSProperties}>
        {steps.map((step, i) => (
          <span key={answers[i]?.to} className={styles.column}>
            <i
              data-down={(step ?? 0) < 0 ? '' : undefined}
              data-running={i === steps.length - 1 ? '' : undefined}
              style={{ height: share(step ?? 0), ...((step ?? 0) < 0 ? { top: share(high) } : { bottom: share(low) }) }}
            />
            {i % 3 === 2 && <small>{t(`panel.${key}.month`, { n: Number(answers[i]?.asOf.slice(5, 7)) })}</small>}
          </span>
        ))}
      </div>
      <p>
        {t(`panel.${key}.most`, {
          value: signed(steps.reduce<number>((a, b) => (Math.abs(b ?? 0) > Math.abs(a) ? (b ?? 0) : a), 0)),
        })}
        {first && last && (
          <span>
            {t(`panel.${key}.from`)} <Figure answer={first} /> {t(`panel.${key}.to`)} <Figure answer={last} />
          </span>
        )}
      </p>
    </div>
  );
};
