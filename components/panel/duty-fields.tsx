'use client';

import { ChevronDown } from 'lucide-react';
import type { ControlDuty } from '@/data/model/control';
import { CheckMenu } from '../base/menu';
import { NoteInput } from '../base/note-input';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import styles from './duty-fields.module.css';

type DutyFieldsProps = {
  /** Divisions that may be named. */
  codes: readonly string[];
  value: readonly ControlDuty[];
  onChange: (value: ControlDuty[]) => void;
};

/** Whether every division named has its duty. */
export const hasDuties = (value: readonly ControlDuty[]): boolean =>
  value.length > 0 && value.every(({ duty }) => duty.trim().length >= 2);

/** Divisions right below a ticket is passed on to, a duty each (下派对象与职责). */
export const DutyFields = ({ codes, value, onChange }: DutyFieldsProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const dutyOf = (code: string) => value.find(({ division }) => division === code)?.duty ?? '';
  return (
    <>
      <CheckMenu
        label={t('control.below')}
        choices={codes.map((code) => ({ value: code, label: divisions.name(code) }))}
        chosen={value.map(({ division }) => division)}
        onChange={(chosen) => onChange(chosen.map((division) => ({ division, duty: dutyOf(division) })))}
        className={styles.menu}
      >
        {t('control.below')}
        <ChevronDown aria-hidden />
      </CheckMenu>
      <div className={styles.duties}>
        {value.map(({ division }) => (
          <span key={division} style={{ display: 'contents' }}>
            <span>{divisions.name(division)}</span>
            <NoteInput
              label={t('control.dutyOf', { name: divisions.name(division) })}
              value={dutyOf(division)}
              most={300}
              onWrite={(duty) =>
                onChange(value.map((each) => (each.division === division ? { division, duty } : each)))
              }
            />
          </span>
        ))}
      </div>
    </>
  );
};
