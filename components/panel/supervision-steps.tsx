'use client';

import type { SupervisionStep } from '@/data/model/supervision';
import { formatStamp } from '../base/format';
import { useText } from '../feed/text';
import styles from './timeline.module.css';

/** Every move of a ticket or a whistle, oldest first (督办流转). `list` = the words of its steps. */
export const SupervisionSteps = ({ steps, list }: { steps: readonly SupervisionStep[]; list: string }) => {
  const { t, term, lang, installation } = useText();
  return (
    <ol className={styles.timeline}>
      {steps.map((step) => (
        <li key={step.seq}>
          <span className={styles.at}>{formatStamp(new Date(step.at), installation?.timeZone ?? 'UTC', lang)}</span>
          <i aria-hidden />
          <span className={styles.what}>
            <strong>{term(list, step.step)}</strong>
            <span>
              {[
                step.role === 'system' ? t('panel.event-card.system') : term('role', step.role),
                step.department && term('department', step.department),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {step.note && <q>{step.step === 'climb' ? term('supervision-rung', step.note) : step.note}</q>}
          </span>
        </li>
      ))}
    </ol>
  );
};
