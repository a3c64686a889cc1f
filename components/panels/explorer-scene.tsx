'use client';

import type { Answer } from '@/data/model/answer';
import type { ChartKind } from '@/data/model/desk-page';
import type { View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { formatStamp } from '../base/format';
import { kindOf, offeredKinds } from '../chart/explore-kind';
import { useText } from '../feed/text';
import { askFor, dimensionsOf, type Shown, shownOf, useDrawn } from '../panel/explore-ask';
import { ExploreChart } from '../panel/explore-chart';
import { useExploreTitle } from '../panel/explore-title';
import { HeatPlot } from '../panel/heat-plot';
import { definePanel } from '../panel/panel';
import { WithheldNote } from '../panel/withheld-note';
import styles from './explorer-scene.module.css';

const key = 'explorer-scene';

type SceneProps = { answer: Answer; total: Answer; shown: Shown; view: View };

const Head = ({ answer, total, shown, view }: SceneProps) => {
  const { t, lang, installation } = useText();
  const { title, notes } = useExploreTitle()(view, shown);
  const at = formatStamp(new Date(answer.asOf), installation?.timeZone ?? 'UTC', lang);
  return (
    <header className={styles.head}>
      <h2>{title}</h2>
      <p className={styles.total}>
        <Figure answer={total} className={styles.sum} />
        <Change answer={total} against="previous" />
      </p>
      <p className={styles.notes}>
        {[...notes, `${t('common.clock.asOf')} ${at}`].map((note) => (
          <span key={note}>{note}</span>
        ))}
      </p>
    </header>
  );
};

const ignore = () => {};

/** Tables and maps are not read from afar: what they show is drawn as their split is usually drawn. */
const wallKind = (shown: Shown, answer: Answer) => {
  const offered = offeredKinds(shown.metric, shown, answer.cells, '').filter(
    (kind): kind is Exclude<ChartKind, 'table' | 'map'> => kind !== 'table' && kind !== 'map',
  );
  return kindOf(shown.chart, offered) as (typeof offered)[number];
};

const Scene = (props: SceneProps) => {
  const { answer, shown, view } = props;
  const { split, each } = shown;
  const kind = wallKind(shown, answer);
  const { listed, drawing } = useDrawn(answer, shown);
  return (
    <div className={styles.scene} data-kind={kind}>
      <Head {...props} />
      <div className={styles.chart}>
        {kind === 'heat' || kind === 'calendar' ? (
          <HeatPlot {...{ answer: listed, kind, split, onPick: ignore }} question={askFor(view, shown).question} />
        ) : (
          <ExploreChart {...{ answer: listed, split, each, onPick: ignore }} drawing={{ ...drawing, kind }} />
        )}
      </div>
      <WithheldNote answer={answer} />
    </div>
  );
};

/** What a desk explores, cast to a wall: its question in words, its chart, how old it is (投屏的指标图). */
export const explorerScene = definePanel({
  key,
  sizes: ['wall'],
  isBare: true,
  ask: ({ view, api }) => {
    const { question, metric, ...ask } = askFor(view, shownOf(view));
    return {
      answer: api.metric.ask.queryOptions({ question, metric, ...ask }),
      total: api.metric.ask.queryOptions({ metric, question, operators: ['previous'] }),
    };
  },
  empty: ({ answer }) => answer.cells.length === 0,
  draw: ({ data, view }) => {
    const shown = shownOf(view);
    const isOld =
      data.answer.metric !== shown.metric.key || data.answer.dimensions.join() !== dimensionsOf(shown).join();
    return isOld ? null : <Scene {...data} {...{ shown, view }} />;
  },
});
