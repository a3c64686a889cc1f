'use client';

import { useState } from 'react';
import type { Answer } from '@/data/model/answer';
import type { Ask, WhyAsk } from '@/data/model/ask';
import { Button } from '../base/button';
import { Figure } from '../base/figure';
import { Popup } from '../base/popup';
import type { Odd } from '../chart/explore';
import { bandLimits } from '../chart/hours';
import { useText } from '../feed/text';
import styles from './odd-list.module.css';
import { WhySection } from './why';
import { whyAskOf } from './why-ask';

/** Opens what made a figure; `label` says which. */
export const WhyPopup = ({ ask, label, onClose }: { ask: WhyAsk | null; label: string; onClose: () => void }) => {
  const { t } = useText();
  return (
    <Popup title={t('panel.why.of', { label })} isOpen={ask !== null} onClose={onClose}>
      {ask && <WhySection ask={ask} />}
    </Popup>
  );
};

/** A button beside a figure that asks why. */
export const WhyButton = ({ ask, label }: { ask: WhyAsk | null; label: string }) => {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  if (!ask) return null;
  return (
    <>
      <Button
        kind="quiet"
        className={styles.why}
        aria-haspopup="dialog"
        data-why-of={label}
        onClick={() => setOpen(true)}
      >
        {t('panel.why.button')}
      </Button>
      <WhyPopup ask={isOpen ? ask : null} label={label} onClose={() => setOpen(false)} />
    </>
  );
};

/** Points named in the list at most: those furthest from their band. */
const mostNamed = 3;

const excessOf = ({ cell: { value, band }, stands }: Odd): number =>
  stands === 'above' ? (value ?? 0) - (band?.high ?? 0) : (band?.low ?? 0) - (value ?? 0);

type OddListProps = { odd: readonly Odd[]; answer: Answer; ask: Ask; labelOf: (code: string) => string };

/** Points outside the normal band (异常), each with what it is held against and the way to what made it. */
export const OddList = ({ odd, answer, ask, labelOf }: OddListProps) => {
  const { t } = useText();
  const nFar = odd.filter(({ isFar }) => isFar).length;
  const named = odd
    .toSorted((a, b) => Number(b.isFar) - Number(a.isFar) || excessOf(b) - excessOf(a))
    .slice(0, mostNamed)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  if (named.length === 0) return <p className={styles.none}>{t('panel.odd.none')}</p>;
  return (
    <ul className={styles.odd} aria-label={t('panel.odd.title')}>
      <li className={styles.head} data-far={nFar > 0}>
        {t('panel.odd.n', { n: odd.length, far: nFar })}
      </li>
      {named.map(({ cell, code, stands }) => (
        <li key={code} data-odd={code}>
          <span>{labelOf(code)}</span>
          <Figure answer={answer} cell={cell} />
          <span className={styles.band}>{cell.band && t(`panel.odd.${stands}`, bandLimits(cell.band))}</span>
          <WhyButton ask={whyAskOf(ask, cell.at)} label={labelOf(code)} />
        </li>
      ))}
    </ul>
  );
};
