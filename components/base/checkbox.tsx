import type { ReactNode } from 'react';
import styles from './checkbox.module.css';

type CheckboxProps = {
  isChecked: boolean;
  /** Some but not all of what it stands for is chosen. */
  isMixed?: boolean;
  /** Spoken name. */
  label: string;
  onChange: (isChecked: boolean) => void;
  /** Alt held: choose this one alone. */
  onSolo?: () => void;
  isDisabled?: boolean;
  className?: string;
  /** The visible row; clicking anywhere in it toggles. */
  children?: ReactNode;
};

/** A native checkbox and its row. */
export const Checkbox = ({
  isChecked,
  isMixed = false,
  label,
  onChange,
  onSolo,
  isDisabled,
  className,
  children,
}: CheckboxProps) => (
  <label className={[styles.row, className].filter(Boolean).join(' ')} data-disabled={isDisabled || undefined}>
    <input
      type="checkbox"
      className={styles.box}
      checked={isChecked}
      disabled={isDisabled}
      aria-label={label}
      ref={(node) => {
        if (node) node.indeterminate = isMixed;
      }}
      onClick={(click) => {
        if (!click.altKey || !onSolo) return;
        click.preventDefault();
        onSolo();
      }}
      onChange={(change) => onChange(change.target.checked)}
    />
    {children}
  </label>
);
