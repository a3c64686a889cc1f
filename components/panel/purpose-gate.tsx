'use client';

import { type LookPurpose, lookPurposes } from '@/data/model/audit';
import { Button } from '../base/button';
import { useText } from '../feed/text';
import styles from './purpose-gate.module.css';

type PurposeGateProps = { title: string; hint: string; onName: (purpose: LookPurpose) => void };

/** Nobody is told before it is said what for (用途). */
export const PurposeGate = ({ title, hint, onName }: PurposeGateProps) => {
  const { t } = useText();
  return (
    <div className={styles.gate}>
      <h3>{title}</h3>
      <p>{hint}</p>
      <div className={styles.choices}>
        {lookPurposes.map((purpose) => (
          <Button key={purpose} data-purpose={purpose} onClick={() => onName(purpose)}>
            {t(`register.purpose.${purpose}`)}
          </Button>
        ))}
      </div>
    </div>
  );
};
