'use client';

import { noCode } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { shortName } from '../chart/gap';
import { type LoadRow, loadRows, topLoad } from '../chart/load';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { focusOf } from '../map/focus-level';
import { definePanel } from '../panel/panel';
import styles from './force-by-area.module.css';

const key = 'force-by-area';
const rowEm = 1.32;

/** Workers missing and open events per worker on duty against all together, place by place (各社区力量). */
export const forceByArea = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api, divisions }) => {
    const question = { ...askedBy(key, view), period: 'today' as const };
    const { level } = focusOf(view, divisions);
    const by = (metric: string) => api.metric.ask.queryOptions({ metric, dimensions: [level], question });
    const load = { metric: 'event.open', question, operators: ['perWorker' as const] };
    return {
      open: api.metric.ask.queryOptions({ ...load, dimensions: [level] }),
      whole: api.metric.ask.queryOptions(load),
      ...{ onDuty: by('duty.on_duty'), absent: by('duty.absent'), perResident: by('duty.per_ten_thousand') },
    };
  },
  empty: ({ open, onDuty }) => open.cells.length === 0 && onDuty.cells.length === 0,
  caption: ({ tier }) => <Caption isShort={tier !== 'XL'} />,
  draw: ({ data, size, tier }) => <Areas {...data} isNarrow={tier !== 'XL' || size === 'hand'} />,
});

const Caption = ({ isShort }: { isShort: boolean }) => {
  const { t } = useText();
  return t(`panel.${key}.${isShort ? 'captionShort' : 'caption'}`);
};

type Answers = { open: Answer; whole: Answer; onDuty: Answer; absent: Answer; perResident: Answer };
type AreasProps = Answers & { isNarrow: boolean };

const Areas = ({ isNarrow, ...answers }: AreasProps) => {
  const { t } = useText();
  const dimension = answers.open.dimensions[0] ?? '';
  const rows = loadRows(answers, dimension);
  const top = topLoad(rows);
  const { ref, fits } = useFit<HTMLDivElement>(rowEm, rows.length + 1);
  const nShown = rows.length > fits - 1 ? Math.max(1, fits - 2) : rows.length;
  const words = ['onDuty', 'absent', ...(isNarrow ? [] : ['perResident'])];
  return (
    <div className={styles.body}>
      <div className={styles.table} data-narrow={isNarrow ? '' : undefined} ref={ref}>
        <div className={`${styles.row} ${styles.head}`}>
          <span>{t(`common.thing.${dimension}`)}</span>
          <span className={styles.load}>{t(`panel.${key}.${isNarrow ? 'loadShort' : 'load'}`)}</span>
          <span className={styles.open}>{t(`panel.${key}.open`)}</span>
          {words.map((word) => (
            <span key={word}>{t(`panel.${key}.${word}`)}</span>
          ))}
        </div>
        {rows.slice(0, nShown).map((row) => (
          <Area key={row.code} row={row} top={top} answers={answers} isNarrow={isNarrow} />
        ))}
        <More rows={rows.slice(nShown)} />
      </div>
    </div>
  );
};

/** Places the list leaves out, and whether somebody is missing there. */
const More = ({ rows }: { rows: LoadRow[] }) => {
  const { t } = useText();
  if (rows.length === 0) return null;
  const gap = rows.reduce((all, { absent }) => all + (absent.value ?? 0), 0);
  return <p className={styles.more}>{t(`panel.${key}.${gap > 0 ? 'moreAbsent' : 'more'}`, { n: rows.length, gap })}</p>;
};

type AreaProps = { row: LoadRow; top: number; answers: Answers; isNarrow: boolean };

/** What each worker on duty has on hand, from nought to the heaviest load, with a line where all together stand. */
const Load = ({ row, top, answers: { open, whole } }: Omit<AreaProps, 'isNarrow'>) => {
  const { t } = useText();
  const norm = whole.cells[0]?.perWorker ?? null;
  if (row.isUnmanned) return <span className={`${styles.load} ${styles.unmanned}`}>{t(`panel.${key}.unmanned`)}</span>;
  return (
    <>
      <span className={styles.track}>
        <i className={styles.bar} style={{ width: `${((row.open.perWorker ?? 0) / top) * 100}%` }} />
        {norm !== null && norm <= top && <i className={styles.norm} style={{ left: `${(norm / top) * 100}%` }} />}
      </span>
      <Figure answer={open} cell={row.open} part="perWorker" hasUnit={false} className={styles.value} />
    </>
  );
};

const Area = ({ row, top, answers, isNarrow }: AreaProps) => {
  const { t, lang } = useText();
  // English units are longer for many than for one: digits would not stand in one column; the headings say what they are
  const hasUnit = !isNarrow && lang === 'zh';
  const divisions = useDivisions();
  const { open, onDuty, absent, perResident } = answers;
  const endings = ['community', 'subdistrict'].map((level) => t(`common.thing.${level}`));
  const density = perResident.cells.find(({ at }) => at[open.dimensions[0] ?? ''] === row.code);
  const name = row.code === noCode ? t(`panel.${key}.elsewhere`) : shortName(divisions.name(row.code), endings);
  return (
    <div className={styles.row} data-code={row.code}>
      <span>{name}</span>
      <Load row={row} top={top} answers={answers} />
      <Figure answer={open} cell={row.open} hasUnit={hasUnit} className={styles.open} />
      <Figure
        answer={onDuty}
        cell={row.onDuty}
        hasUnit={hasUnit}
        className={row.isUnmanned ? styles.none : undefined}
      />
      <Figure
        answer={absent}
        cell={row.absent}
        hasUnit={hasUnit}
        className={row.absent.value === 0 ? styles.quiet : styles.none}
      />
      {!isNarrow && (density ? <Figure answer={perResident} cell={density} hasUnit={false} /> : <span>—</span>)}
    </div>
  );
};
