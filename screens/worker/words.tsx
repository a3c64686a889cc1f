import styles from './screen.module.css';

type WordsProps = { label: string; value: string; onWrite: (text: string) => void };

/** A few sentences of what was seen or done. */
export const Words = ({ label, value, onWrite }: WordsProps) => (
  <label className={styles.label}>
    {label}
    <textarea
      className={styles.text}
      rows={3}
      maxLength={1000}
      value={value}
      onChange={(change) => onWrite(change.target.value)}
    />
  </label>
);
