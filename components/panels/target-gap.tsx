'use client';

import { type CSSProperties, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { Answer } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { seamPx, useSeams } from '../base/seams';
import {
  type GapGroup,
  gapGroups,
  gapScale,
  missesTarget,
  namesFit,
  shortName,
  widthEm,
  wordedColumns,
} from '../chart/gap';
import { type Divisions, useDivisions } from '../feed/divisions';
import { type Text, useText } from '../feed/text';
import { focusOf } from '../map/focus-level';
import { definePanel } from '../panel/panel';
import styles from './target-gap.module.css';

/** Each division's on-time closing against the target (与目标之差), grouped by the division above, on one scale. */
export const targetGap = definePanel({
  key: 'target-gap',
  sizes: ['wall', 'desk'],
  ask: ({ view, api, divisions }) => {
    const metric = 'event.on_time_close_rate';
    const question = { ...askedBy('target-gap', view), period: 'P30D' as const };
    return {
      rates: api.metric.ask.queryOptions({ metric, dimensions: [focusOf(view, divisions).level], question }),
      whole: api.metric.ask.queryOptions({
        metric,
        question: { ...question, division: null },
        operators: ['previous'],
      }),
    };
  },
  empty: (data) => withTarget(data).target === null || data.rates.cells.length === 0,
  caption: ({ data, tier }) => <Caption answer={withTarget(data)} isShort={tier !== 'XL'} />,
  aside: ({ data }) => <Missed answer={withTarget(data)} />,
  draw: ({ data }) => <Gaps answer={withTarget(data)} />,
});

/** A division without a target of its own has that of the whole territory. */
const withTarget = ({ rates, whole }: { rates: Answer; whole: Answer }): Answer => ({
  ...rates,
  target: rates.target ?? whole.target,
});

const Caption = ({ answer, isShort }: { answer: Answer; isShort: boolean }) => {
  const { t, lang } = useText();
  if (answer.target === null) return null;
  const { digits } = formatValue(answer, answer.target, lang);
  const target = `${digits.replace(/\.0$/, '')}%`;
  return t(isShort ? 'panel.target-gap.captionShort' : 'panel.target-gap.caption', { target });
};

const Missed = ({ answer }: { answer: Answer }): ReactNode => {
  const { t } = useText();
  if (answer.target === null || answer.cells.length === 0) return null;
  const n = answer.cells.filter((cell) => missesTarget(answer, cell.value)).length;
  return n === 0 ? (
    t('panel.target-gap.allMet')
  ) : (
    <span className={styles.missed}>{t('panel.target-gap.missed', { n })}</span>
  );
};

/** Left edge and width of the element in em of captions, and this em in px; null before it is measured. */
const useBoxEm = () => {
  const ref = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<{ left: number; width: number; px: number } | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const px = Number.parseFloat(getComputedStyle(element.firstElementChild ?? element).fontSize);
      setBox({ left: element.getBoundingClientRect().x / px, width: element.clientWidth / px, px });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return { ref, box };
};

const groupsOf = (answer: Answer, divisions: Divisions, { t, lang }: Pick<Text, 't' | 'lang'>): GapGroup[] => {
  const endings = ['community', 'subdistrict', 'grid'].map((level) => t(`common.thing.${level}`));
  return gapGroups(answer, {
    dimension: answer.dimensions[0] ?? 'community',
    parentOf: (code) => {
      const parent = divisions.byCode(code)?.parent ?? divisions.root.code;
      return {
        code: parent,
        name: lang === 'zh' ? divisions.name(parent) : shortName(divisions.name(parent), endings),
      };
    },
    nameOf: (code) => shortName(divisions.name(code), endings),
  });
};

/** Between groups, em. */
const betweenEm = 1.1;

const Gaps = ({ answer }: { answer: Answer }) => {
  const text = useText();
  const divisions = useDivisions();
  const seams = useSeams();
  const { ref, box } = useBoxEm();
  const groups = groupsOf(answer, divisions, text);
  const nColumns = groups.reduce((sum, group) => sum + group.gaps.length, 0);
  const columnEm = box === null ? 0 : (box.width - (groups.length - 1) * betweenEm) / Math.max(1, nColumns);
  /** Stretches of a group that lie on seams. */
  const shutIn = (at: number): [number, number][] => {
    if (box === null) return [];
    const nBefore = groups.slice(0, at).reduce((sum, group) => sum + group.gaps.length, 0);
    const left = box.left + nBefore * columnEm + at * betweenEm;
    return seams.x.map((x) => [(x - seamPx) / box.px - left, (x + seamPx) / box.px - left]);
  };
  const isNamed = columnEm >= 2.7 && namesFit(groups, columnEm);
  return (
    <div className={isNamed ? `${styles.groups} ${styles.named}` : styles.groups} ref={ref}>
      {groups.map((group, at) => (
        <div key={group.code} className={styles.group} style={{ flexGrow: group.gaps.length }}>
          {isNamed ? (
            <>
              <Plot answer={answer} group={group} scale={gapScale(groups)} hasValues />
              <Names group={group} />
            </>
          ) : (
            <Words
              answer={answer}
              group={group}
              roomEm={columnEm * group.gaps.length}
              shut={shutIn(at)}
              scale={gapScale(groups)}
            />
          )}
          <footer>{text.t('panel.target-gap.group', { name: group.name, n: group.gaps.length })}</footer>
        </div>
      ))}
    </div>
  );
};

type PlotProps = { answer: Answer; group: GapGroup; scale: ReturnType<typeof gapScale>; hasValues: boolean };

type WordsProps = Omit<PlotProps, 'hasValues'> & { roomEm: number; shut: [number, number][] };

const Plot = ({ answer, group, scale, hasValues }: PlotProps) => (
  <div className={styles.plot}>
    <div className={styles.columns}>
      {group.gaps.map(({ code, cell, gap, isMissed }) => {
        const height = Math.abs(gap) * scale.perUnit;
        const top = gap > 0 ? scale.above - height : scale.above;
        return (
          <div key={code} className={styles.column} data-missed={isMissed ? '' : undefined}>
            <span className={styles.bar} style={{ top: `${top * 100}%`, height: `${height * 100}%` }} />
            {hasValues && isMissed && (
              <span className={styles.value} style={{ top: `${(scale.above + height) * 100}%` }}>
                <Figure answer={answer} cell={cell} />
              </span>
            )}
          </div>
        );
      })}
    </div>
    <span className={styles.line} style={{ top: `${scale.above * 100}%` }} />
  </div>
);

const Names = ({ group }: { group: GapGroup }) => (
  <div className={styles.names}>
    {group.gaps.map(({ code, name, isMissed }) => (
      <span key={code} data-missed={isMissed ? '' : undefined}>
        {name}
      </span>
    ))}
  </div>
);

/** Room between words under columns, and the least width of a column, em. */
const words = { gap: 0.6, least: 0.75 };
const barEm = 1.1;

/** Where not all names fit under the bars: those that miss the target, worst first, each under its own, and how many more there are. */
const Words = ({ answer, group, roomEm, shut, scale }: WordsProps) => {
  const { lang, t } = useText();
  const missed = group.gaps.filter((gap) => gap.isMissed);
  const told = missed.map(({ name, value }) => `${name} ${formatValue(answer, value, lang).digits}%`);
  const more = (n: number) => t(`panel.target-gap.${n < missed.length ? 'more' : 'missed'}`, { n });
  const room = { ...words, more: widthEm(more(told.length)), shut };
  const { widths, rest } = wordedColumns(told, group.gaps.length, roomEm, room);
  const left = missed.length - widths.length;
  const end = widths.reduce((sum, width) => sum + width, 0);
  const isOnSeam = shut.some(([from, to]) => end < to && from < end + widthEm(more(left)));
  const columns = group.gaps.map((_, i) => (i < widths.length ? `${widths[i]}em` : 'minmax(0, 1fr)'));
  const style = {
    '--columns': columns.join(' '),
    '--bar': `${Math.min(barEm, rest * 0.85)}em`,
  } as CSSProperties;
  return (
    <div className={styles.worded} style={style}>
      <Plot answer={answer} group={group} scale={scale} hasValues={false} />
      <div className={styles.words}>
        {missed.slice(0, widths.length).map(({ code, name, cell }) => (
          <span key={code}>
            {name} <Figure answer={answer} cell={cell} />
          </span>
        ))}
        {left > 0 && (
          <small style={{ gridColumn: `${widths.length + 1} / -1`, textAlign: isOnSeam ? 'right' : 'left' }}>
            {more(left)}
          </small>
        )}
      </div>
    </div>
  );
};
