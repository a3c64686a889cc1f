'use client';

import { Change, Figure } from '@/components/base/figure';
import { useText } from '@/components/feed/text';
import { useCodeWord } from '@/components/panel/code-word';
import { rowsOf } from '@/data/reports/block';
import styles from './block.module.css';
import { useMetricName } from './figures';
import { Notes } from './notes';
import type { BlockProps } from './question';

/** Cells of one question as bars: name, length, figure, share, change. */
export const Bars = ({ block, answers }: BlockProps) => {
  const { t } = useText();
  const code = useCodeWord();
  const nameOf = useMetricName();
  const [answer] = Object.values(answers);
  if (!answer) return null;
  const [dimension = ''] = answer.dimensions;
  const { cells, nLeft } = rowsOf(block, answers);
  const largest = Math.max(0, ...cells.map(({ value }) => value ?? 0));
  const has = { share: cells.some(({ share }) => share != null), previous: cells.some((cell) => cell.previous) };
  return (
    <>
      <table className={styles.bars}>
        <thead>
          <tr>
            <th scope="col">{t(`common.dimension.${dimension}`)}</th>
            <td className={styles.track} />
            <th scope="col">{nameOf(answer.metric)}</th>
            {has.share && <th scope="col">{t('report.share')}</th>}
            {has.previous && <th scope="col">{t('common.against.previous')}</th>}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.at[dimension]}>
              <th scope="row">{code(dimension, cell.at[dimension])}</th>
              <td className={styles.track} aria-hidden>
                <i style={{ width: `${largest === 0 ? 0 : ((cell.value ?? 0) / largest) * 100}%` }} />
              </td>
              <td>
                <Figure answer={answer} cell={cell} hasUnit={false} like={largest} />
              </td>
              {has.share && <td>{cell.share == null ? '—' : `${(cell.share * 100).toFixed(1)}%`}</td>}
              {has.previous && (
                <td>
                  <Change answer={answer} cell={cell} against="previous" hasWord={false} hasLabel={false} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Notes cells={cells} nLeft={nLeft} />
    </>
  );
};
