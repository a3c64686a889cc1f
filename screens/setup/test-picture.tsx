'use client';

import { useEffect, useState } from 'react';
import { useText } from '@/components/feed/text';
import { unitOfSetup, type WallSetup } from '../wall-setup';
import { captionMinutes } from '../wall-tier';
import styles from './test-picture.module.css';

/** Smallest digits of a wall, arc-minutes of the em: caps of 16′. */
const digitMinutes = 23;

type PictureProps = { setup: WallSetup; onClose: () => void };

/** Covers the page 1:1 (测试图): a line on every seam, what heads block, the smallest type, and whether the page is 1:1. */
export const TestPicture = ({ setup, onClose }: PictureProps) => {
  const { t } = useText();
  const unit = unitOfSetup(setup);
  const [ratio, setRatio] = useState(1);
  useEffect(() => {
    setRatio(window.devicePixelRatio);
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && onClose();
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <div className={styles.picture} data-test-picture="" style={{ fontSize: unit * captionMinutes }}>
      {setup.seamsX.map((x) => (
        <i key={`x${x}`} className={styles.seam} data-seam="x" style={{ left: x - 1, top: 0, bottom: 0, width: 2 }} />
      ))}
      {setup.seamsY.map((y) => (
        <i key={`y${y}`} className={styles.seam} data-seam="y" style={{ top: y - 1, left: 0, right: 0, height: 2 }} />
      ))}
      {setup.blockedShare > 0 && (
        <i className={styles.blocked} style={{ height: `${setup.blockedShare * 100}%` }} data-blocked="" />
      )}
      <div className={styles.words}>
        <p>{t('big.setup.testSmall', { px: Math.round(unit * captionMinutes) })}</p>
        <p style={{ fontSize: unit * digitMinutes }}>{t('big.setup.testDigits')}</p>
        {setup.seamsX.length + setup.seamsY.length > 0 && <p>{t('big.setup.testSeam')}</p>}
        {ratio !== 1 && <p>{t('big.setup.testRatio', { ratio: ratio.toFixed(2) })}</p>}
        <button type="button" onClick={onClose}>
          {t('big.setup.testClose')}
        </button>
      </div>
    </div>
  );
};
