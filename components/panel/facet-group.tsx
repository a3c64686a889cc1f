'use client';

import { ChevronDown } from 'lucide-react';
import { type CSSProperties, type ReactNode, useRef, useState } from 'react';
import type { Answer } from '@/data/model/answer';
import { Checkbox } from '../base/checkbox';
import { Figure } from '../base/figure';
import { type FacetRow, foldRows } from '../chart/facet';
import { useText } from '../feed/text';
import styles from './facet-group.module.css';
import { useDrawnLast } from './use-drawn-last';
import { useHeldColumns } from './use-held-columns';
import type { useRowBrush } from './use-row-brush';

type FacetLineProps = {
  row: FacetRow;
  answer: Answer;
  label: string;
  /** Something in this facet is chosen, and this is not it. */
  isDimmed: boolean;
  isMixed?: boolean;
  mark?: ReactNode;
  /** Colour of the bar; grey when left out. */
  tone?: string;
  after?: ReactNode;
  onToggle: () => void;
  onSolo: () => void;
};

/** One value: checkbox, word, bar from zero, count. */
export const FacetLine = (props: FacetLineProps) => {
  const { row, answer, label, isDimmed, isMixed, mark, tone, after, onToggle, onSolo } = props;
  const bar: CSSProperties = { backgroundSize: `${row.share * 100}% 100%`, color: isDimmed ? undefined : tone };
  const { code, cell, share, isChosen } = row;
  return useDrawnLast([code, cell, share, isChosen, isDimmed, isMixed], () => (
    <div className={styles.line} data-dimmed={isDimmed} data-zero={row.cell.value === 0} data-code={row.code}>
      <Checkbox
        className={styles.check}
        isChecked={row.isChosen}
        isMixed={isMixed}
        label={label}
        onChange={onToggle}
        onSolo={onSolo}
      >
        <span className={styles.word}>
          {mark}
          <span>{label}</span>
        </span>
        <span className={styles.bar} aria-hidden>
          <i style={bar} />
        </span>
        <Figure answer={answer} cell={row.cell} hasUnit={false} className={styles.count} />
      </Checkbox>
      {after}
    </div>
  ));
};

type FacetGroupProps = {
  title: string;
  rows: readonly FacetRow[];
  /** Rows drawn before the rest folds away. */
  shown?: number;
  /** Folded to its title until opened, unless something in it is chosen. */
  isFolded?: boolean;
  draw: (row: FacetRow, isDimmed: boolean) => ReactNode;
  brush: ReturnType<typeof useRowBrush>;
};

/** A facet (分面): its title and its values; a filter as much as a count. */
export const FacetGroup = ({ title, rows, shown = 20, isFolded = false, draw, brush }: FacetGroupProps) => {
  const { t } = useText();
  const [isOpen, setOpen] = useState(!isFolded);
  const [isWhole, setWhole] = useState(false);
  const { touched } = brush;
  const box = useRef<HTMLFieldSetElement>(null);
  useHeldColumns(box);
  // under the hand they look as they will once it lets go
  const isOn = ({ code, isChosen }: FacetRow) => touched?.includes(code) ?? isChosen;
  const nChosen = rows.filter(isOn).length;
  const hasChoice = nChosen > 0;
  const { open, folded } = foldRows(rows, isWhole ? rows.length : shown);
  const canFold = isWhole && rows.length > shown;
  return (
    <fieldset ref={box} className={styles.group} aria-label={title} {...brush.handlers}>
      <button type="button" className={styles.title} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span>{title}</span>
        {hasChoice && <span className={styles.chosen}>{t('panel.facets.chosen', { n: nChosen })}</span>}
        <ChevronDown aria-hidden className={styles.arrow} />
      </button>
      {isOpen && open.map((row) => draw({ ...row, isChosen: isOn(row) }, hasChoice && !isOn(row)))}
      {isOpen && (folded.length > 0 || canFold) && (
        <button type="button" className={styles.more} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('common.action.less') : t('panel.facets.rest', { n: folded.length })}
          <ChevronDown aria-hidden className={styles.arrow} />
        </button>
      )}
    </fieldset>
  );
};
