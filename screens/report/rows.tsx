'use client';

import { Change, Figure } from '@/components/base/figure';
import { useText } from '@/components/feed/text';
import { useCodeWord } from '@/components/panel/code-word';
import { isCutBy } from '@/data/model/answer';
import { rowsOf, sameCell } from '@/data/reports/block';
import styles from './block.module.css';
import { useMetricName } from './figures';
import { Notes } from './notes';
import { type BlockProps, questionLink } from './question';

/**
 * One row a code of the first question: with bars, its length; a column a question; its share and how it changed, as far
 * as they were asked for.
 */
export const Rows = ({ block, asks, answers }: BlockProps) => {
  const { t } = useText();
  const code = useCodeWord();
  const nameOf = useMetricName();
  const [first] = Object.values(answers);
  if (!first) return null;
  const { dimensions } = first;
  const { cells, nLeft } = rowsOf(block, answers);
  const hasBars = block.kind === 'bars';
  const largest = Math.max(0, ...cells.map(({ value }) => value ?? 0));
  const hasShare = cells.some(({ share }) => share != null);
  const changes = (['previous', 'lastYear'] as const).filter((against) => cells.some((cell) => cell[against]));
  return (
    <>
      {cells.length > 0 && (
        <div className={styles.wide}>
          <table className={styles.rows}>
            <thead>
              <tr>
                {dimensions.map((dimension) => (
                  <th key={dimension} scope="col" className={styles.code}>
                    {t(`common.dimension.${dimension}`)}
                  </th>
                ))}
                {hasBars && <td className={styles.track} />}
                {asks.map(([name, ask]) => (
                  <th key={name} scope="col">
                    <a href={questionLink(ask)} data-question={ask.metric}>
                      {nameOf(ask.metric)}
                    </a>
                  </th>
                ))}
                {hasShare && <th scope="col">{t('report.share')}</th>}
                {changes.map((against) => (
                  <th key={against} scope="col">
                    {t(`common.against.${against}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cells.map((cell) => (
                <tr key={dimensions.map((dimension) => cell.at[dimension]).join()}>
                  {dimensions.map((dimension) => (
                    <th key={dimension} scope="row" className={styles.code}>
                      {code(dimension, cell.at[dimension])}
                      {isCutBy(first, cell, dimension) && <small> {t('common.bucket.cut')}</small>}
                    </th>
                  ))}
                  {hasBars && (
                    <td className={styles.track} aria-hidden>
                      <i style={{ width: `${largest === 0 ? 0 : ((cell.value ?? 0) / largest) * 100}%` }} />
                    </td>
                  )}
                  {asks.map(([name]) => {
                    const answer = answers[name];
                    const own = answer && sameCell(answer, cell);
                    const like = hasBars ? largest : undefined;
                    return (
                      <td key={name}>
                        {own ? <Figure answer={answer} cell={own} hasUnit={false} like={like} /> : '—'}
                      </td>
                    );
                  })}
                  {hasShare && <td>{cell.share == null ? '—' : `${(cell.share * 100).toFixed(1)}%`}</td>}
                  {changes.map((against) => (
                    <td key={against}>
                      <Change answer={first} cell={cell} against={against} hasLabel={false} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Notes cells={cells} nLeft={nLeft} />
    </>
  );
};
