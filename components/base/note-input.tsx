'use client';

import styles from './note-input.module.css';

type NoteInputProps = {
  /** Spoken name, shown while nothing is written. */
  label: string;
  value: string;
  onWrite: (text: string) => void;
  /** Longest text the server takes. */
  most?: number;
};

/** One line of words beside the buttons of a step (办理说明). */
export const NoteInput = ({ label, value, onWrite, most = 1000 }: NoteInputProps) => (
  <input
    className={styles.note}
    aria-label={label}
    placeholder={label}
    maxLength={most}
    value={value}
    onChange={(change) => onWrite(change.target.value)}
  />
);
