'use client';

import type { KeyboardEvent, MouseEvent } from 'react';
import { type Direction, neighbourOf, type Stack, toneOf, type UseTone } from '../chart/dwelling-stack';
import { useText } from '../feed/text';
import styles from './stack-view.module.css';

type StackViewProps = {
  stack: Stack;
  picked: string | null;
  /** Dwellings that open events are about. */
  open: ReadonlySet<string>;
  onPick: (code: string) => void;
};

/** Shares of the width: gap between two entrances, gap between two dwellings. */
const unitGap = 2.5;
const cellGap = 0.8;
/** A dwelling is drawn no wider than this share, or a village house would fill the card. */
const widest = 24;

/** Height of a floor, px: tall enough to hit while the whole facade stays in sight. */
const floorHeight = (nFloors: number): number => Math.min(20, Math.max(8, Math.floor(216 / nFloors)));

/** Floors that get a label: the top, the first, and some between. */
const isLabelled = (floor: number, i: number, n: number): boolean => {
  const step = Math.max(1, Math.round(n / 3));
  return i === 0 || i === n - 1 || (floor % step === 0 && i > 1 && i < n - 2);
};

/** Left edge of each entrance and the width of a dwelling, shares of the facade's width. */
const columnsOf = (stack: Stack): { cell: number; lefts: number[] } => {
  const nColumns = stack.units.reduce((sum, { width }) => sum + width, 0);
  const cell = Math.min(widest, (100 - unitGap * (stack.units.length - 1)) / Math.max(1, nColumns));
  let left = 0;
  const lefts = stack.units.map(({ width }) => {
    const at = left;
    left += width * cell + unitGap;
    return at;
  });
  return { cell, lefts };
};

const directions: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

const percent = (share: number) => `${share.toFixed(2)}%`;

type CellsProps = Omit<StackViewProps, 'onPick'> & { height: number };

const Cells = ({ stack, picked, open, height }: CellsProps) => {
  const { t, term } = useText();
  const { cell, lefts } = columnsOf(stack);
  return stack.units.flatMap(({ cells }, i) =>
    cells.map(({ dwelling, column, row }) => (
      <div
        key={dwelling.code}
        id={`stack-${dwelling.code}`}
        role="option"
        tabIndex={-1}
        aria-selected={dwelling.code === picked}
        aria-label={[
          t('panel.building-card.dwelling', {
            floor: dwelling.floor,
            unit: dwelling.unit,
            room: dwelling.room,
            use: term('house-use', dwelling.houseUse),
          }),
          ...(open.has(dwelling.code) ? [t('panel.building-card.hasOpen')] : []),
        ].join(' · ')}
        className={styles.cell}
        data-open={open.has(dwelling.code) || undefined}
        data-code={dwelling.code}
        data-tone={toneOf(dwelling.houseUse)}
        style={{
          left: percent((lefts[i] ?? 0) + column * cell),
          width: percent(cell - cellGap),
          top: row * height,
          height: height - 3,
        }}
      />
    )),
  );
};

/** Facade of a building, a cell a dwelling, coloured by use; arrow keys walk it (分户图). */
export const StackView = ({ stack, picked, open, onPick }: StackViewProps) => {
  const { t } = useText();
  const height = floorHeight(stack.floors.length);
  const { cell, lefts } = columnsOf(stack);
  const first = stack.units[0]?.cells[0]?.dwelling.code ?? null;
  const onKeyDown = (press: KeyboardEvent) => {
    if (!directions.includes(press.key)) return;
    press.preventDefault();
    const next = picked ? neighbourOf(stack, picked, press.key as Direction) : first;
    if (next) onPick(next);
  };
  const onClick = ({ target }: MouseEvent) => {
    const code = target instanceof HTMLElement ? target.dataset.code : undefined;
    if (code) onPick(code);
  };
  return (
    <div className={styles.stack}>
      <div className={styles.floors} style={{ height: stack.floors.length * height }} aria-hidden="true">
        {stack.floors.map((floor, i) =>
          isLabelled(floor, i, stack.floors.length) ? (
            <span key={floor} style={{ top: i * height, height }}>
              {t('panel.building-card.floor', { floor })}
            </span>
          ) : null,
        )}
      </div>
      <div
        className={styles.facade}
        style={{ height: stack.floors.length * height }}
        role="listbox"
        tabIndex={0}
        aria-label={t('panel.building-card.facade')}
        aria-activedescendant={picked ? `stack-${picked}` : undefined}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <Cells stack={stack} picked={picked} open={open} height={height} />
      </div>
      {stack.units.length > 1 && (
        <div className={styles.units} aria-hidden="true">
          {stack.units.map(({ unit, width }, i) => (
            <span key={unit} style={{ left: percent(lefts[i] ?? 0), width: percent(width * cell) }}>
              {t('panel.building-card.unit', { unit })}
            </span>
          ))}
        </div>
      )}
    </div>
  );
};

/** Words of the tones a facade shows, and of its dots. */
export const StackLegend = ({ tones, hasOpen }: { tones: readonly UseTone[]; hasOpen: boolean }) => {
  const { t } = useText();
  return (
    <ul className={styles.legend}>
      {tones.map((tone) => (
        <li key={tone}>
          <i data-tone={tone} />
          {t(`panel.building-card.tone.${tone}`)}
        </li>
      ))}
      {hasOpen && (
        <li>
          <i data-open="" />
          {t('panel.building-card.hasOpen')}
        </li>
      )}
    </ul>
  );
};
