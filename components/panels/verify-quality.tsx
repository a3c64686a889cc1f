'use client';

import type { Answer, Cell } from '@/data/model/answer';
import { labelOfBucket } from '@/data/model/bucket';
import { formatValue } from '@/data/model/format';
import { qualityFields } from '@/data/model/verify';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { Change, Figure } from '../base/figure';
import { Spark } from '../chart/spark';
import { useText } from '../feed/text';
import { useCodeWord } from '../panel/code-word';
import { definePanel } from '../panel/panel';
import styles from '../panel/verify.module.css';

const key = 'verify-quality';
const words = (name: string) => `verify.quality.${name}`;
const dayMs = 86_400_000;
/** Instants the trend is told at, and days between two of them. */
const nPoints = 8;
const apartDays = 30;

const communityOf = (cell: Cell): string => cell.at.community ?? '';
const cellOf = (answer: Answer, code: string): Cell | undefined =>
  answer.cells.find((cell) => communityOf(cell) === code);

type BodyProps = {
  all: Answer;
  fields: Record<string, Answer>;
  trend: { at: string; answer: Answer }[];
  set: (patch: Partial<View>) => void;
};

const Trend = ({ trend }: Pick<BodyProps, 'trend'>) => {
  const { t, lang } = useText();
  const cells = trend.flatMap(({ at, answer }) => (answer.cells[0] ? [{ ...answer.cells[0], at: { day: at } }] : []));
  const last = trend.at(-1)?.answer;
  const title = t(words('trend'), { unit: t(`common.unit.${last?.unit ?? 'record'}`), days: apartDays });
  const most = Math.max(0, ...cells.map(({ value }) => value ?? 0));
  const digits = (value: number | null) => (last ? formatValue(last, value, lang).digits : '');
  return (
    <div className={styles.trend} data-trend={cells.length}>
      <p className={styles.sum}>{title}</p>
      <Spark
        cells={cells}
        labelOf={({ at }) => labelOfBucket(at.day ?? '', 'day', lang)}
        lastLabel={digits(last?.cells[0]?.value ?? null)}
        topLabel={digits(most)}
        width={560}
        height={110}
        label={title}
      />
    </div>
  );
};

const Body = ({ all, fields, trend, set }: BodyProps) => {
  const { t } = useText();
  const word = useCodeWord();
  const rows = all.cells.toSorted((a, b) => (a.value ?? 2) - (b.value ?? 2));
  return (
    <>
      <Trend trend={trend} />
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t(words('community'))}</th>
            <th scope="col" data-end="">
              {t(words('all'))}
            </th>
            <th scope="col" data-end="">
              {t(words('change'))}
            </th>
            {qualityFields.map((field) => (
              <th key={field} scope="col" data-end="">
                {t(words(field))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cell) => {
            const code = communityOf(cell);
            return (
              <tr key={code} data-community={code}>
                <td>
                  <Button
                    kind="quiet"
                    onClick={() => set({ page: 'explorer.grid', metric: 'record.quality', division: code })}
                  >
                    {word('community', code)}
                  </Button>
                </td>
                <td data-end="">
                  <Figure answer={all} cell={cell} />
                </td>
                <td data-end="">
                  <Change answer={all} cell={cell} against="previous" hasLabel={false} />
                </td>
                {qualityFields.map((field) => {
                  const answer = fields[field];
                  const own = answer && cellOf(answer, code);
                  return (
                    <td key={field} data-end="">
                      {answer && own ? <Figure answer={answer} cell={own} /> : '—'}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
};

const ofField = (field: string): string => `quality.${field}`;

/** Quality of the base data by community and field, the worst first, and how much is still open over time (数据质量分). */
export const verifyQuality = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => {
    const question = { division: null, period: 'P30D' as const, at: view.at, known: view.known, filters: [] };
    const byCommunity = (metric: string) =>
      api.metric.ask.queryOptions({ metric, question, dimensions: ['community'], operators: ['previous'] });
    const [person, home, use, entity, place] = qualityFields;
    const end = view.at ? Date.parse(view.at) : Math.floor(Date.now() / dayMs) * dayMs;
    const openAt = (back: number) =>
      api.metric.ask.queryOptions({
        metric: 'doubt.open',
        question: { ...question, at: new Date(end - back * apartDays * dayMs).toISOString() },
      });
    return {
      all: byCommunity('record.quality'),
      ...{ person: byCommunity(ofField(person)), home: byCommunity(ofField(home)), use: byCommunity(ofField(use)) },
      ...{ entity: byCommunity(ofField(entity)), place: byCommunity(ofField(place)) },
      ...{ t7: openAt(7), t6: openAt(6), t5: openAt(5), t4: openAt(4), t3: openAt(3) },
      ...{ t2: openAt(2), t1: openAt(1), t0: openAt(0) },
    };
  },
  empty: ({ all }) => all.cells.length === 0,
  draw: ({ data: { all, person, home, use, entity, place, ...rest }, view, set }) => {
    const end = view.at ? Date.parse(view.at) : Math.floor(Date.now() / dayMs) * dayMs;
    const points = [rest.t7, rest.t6, rest.t5, rest.t4, rest.t3, rest.t2, rest.t1, rest.t0];
    const trend = points.map((answer, i) => ({
      at: new Date(end - (nPoints - 1 - i) * apartDays * dayMs).toISOString(),
      answer,
    }));
    return <Body all={all} fields={{ person, home, use, entity, place }} trend={trend} set={set} />;
  },
});
