'use client';

import type { Answer, Cell } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { pyramidOf } from '../chart/pyramid';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { WithheldNote } from '../panel/withheld-note';
import styles from './population-pyramid.module.css';

const key = 'population-pyramid';

/** Residents by age and sex (人口金字塔), one scale both ways from nought; cells under the floor are withheld. */
export const populationPyramid = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => {
    const question = askedBy(key, view);
    const by = (dimensions: ('ageBand' | 'sex')[]) =>
      api.metric.ask.queryOptions({ metric: 'person.resident', dimensions, question });
    return { bands: by(['ageBand', 'sex']), sexes: by(['sex']) };
  },
  empty: ({ bands }) => bands.cells.length === 0,
  caption: ({ data }) => <Caption bands={data.bands} />,
  draw: ({ data }) => <Pyramid bands={data.bands} sexes={data.sexes} />,
});

/** The scale of both sides: what the longest band stands for. */
const Caption = ({ bands }: { bands: Answer }) => {
  const { t } = useText();
  const { longest } = pyramidOf(bands);
  return (
    longest && (
      <>
        {t(`panel.${key}.longest`)} <Figure answer={bands} cell={longest} />
      </>
    )
  );
};

const Side = ({ cell, top }: { cell: Cell | null; top: number }) => (
  <span className={styles.side}>
    <i style={{ width: `${top > 0 ? ((cell?.value ?? 0) / top) * 100 : 0}%` }} />
  </span>
);

/** Word and sum of one side. */
const Head = ({ answer, sex }: { answer: Answer; sex: string }) => {
  const { term } = useText();
  const cell = answer.cells.find(({ at }) => at.sex === sex);
  return (
    <span>
      {term('sex', sex)} {cell && <Figure answer={answer} cell={cell} />}
    </span>
  );
};

const Pyramid = ({ bands: answer, sexes }: { bands: Answer; sexes: Answer }) => {
  const { t } = useText();
  const { bands, longest } = pyramidOf(answer);
  const top = longest?.value ?? 0;
  return (
    <div className={styles.pyramid}>
      <header>
        <Head answer={sexes} sex="1" />
        <span>{t(`panel.${key}.age`)}</span>
        <Head answer={sexes} sex="2" />
      </header>
      <div className={styles.plot}>
        <div className={styles.bands}>
          {bands.map(({ code, left, right }) => (
            <div key={code} className={styles.band}>
              <Side cell={left} top={top} />
              <Side cell={right} top={top} />
            </div>
          ))}
        </div>
        <ol className={styles.ages}>
          {bands
            .filter(({ code }) => Number.parseInt(code, 10) % 20 === 0)
            .map(({ code }) => {
              const at = bands.findIndex((band) => band.code === code);
              return (
                <li key={code} style={{ top: `${((at + 0.5) / bands.length) * 100}%` }}>
                  {Number.parseInt(code, 10)}
                </li>
              );
            })}
        </ol>
      </div>
      <WithheldNote answer={answer} />
    </div>
  );
};
