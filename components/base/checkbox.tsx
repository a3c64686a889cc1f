import { memo, type ReactNode, type RefObject, useRef } from 'react';
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

type Acts = Pick<CheckboxProps, 'onChange' | 'onSolo'>;
type BoxProps = Omit<CheckboxProps, keyof Acts | 'className' | 'children'> & { acts: RefObject<Acts> };

/** Drawn anew only with another state: React writes all of an input's attributes at every turn of what stands around it. */
const Box = memo(({ isChecked, isMixed = false, label, isDisabled, acts }: BoxProps) => (
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
      if (!click.altKey || !acts.current.onSolo) return;
      click.preventDefault();
      acts.current.onSolo();
    }}
    onChange={(change) => acts.current.onChange(change.target.checked)}
  />
));

/** A native checkbox and its row. */
export const Checkbox = ({ onChange, onSolo, className, children, ...box }: CheckboxProps) => {
  const acts = useRef<Acts>({ onChange, onSolo });
  acts.current = { onChange, onSolo };
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the box is its control
    <label className={[styles.row, className].filter(Boolean).join(' ')} data-disabled={box.isDisabled || undefined}>
      <Box {...box} acts={acts} />
      {children}
    </label>
  );
};
