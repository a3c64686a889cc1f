import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './chip.module.css';

type ChipProps = {
  children: ReactNode;
  /** Spoken name of the cross. */
  removeLabel: string;
  onRemove: () => void;
};

/** A filter in force, with a cross that takes it away. */
export const Chip = ({ children, removeLabel, onRemove }: ChipProps) => (
  <span className={styles.chip}>
    <span className={styles.words}>{children}</span>
    <button type="button" className={styles.cross} aria-label={removeLabel} title={removeLabel} onClick={onRemove}>
      <X aria-hidden />
    </button>
  </span>
);
