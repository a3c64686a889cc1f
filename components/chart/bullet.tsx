import styles from './bullet.module.css';

type BulletProps = {
  /** Drawn from zero; null draws the track alone. */
  value: number | null;
  /** End of the scale. */
  max: number;
  /** Target or compared value, a line across. */
  mark?: number | null;
  /** Where it is good to be, a lighter stretch. */
  band?: { from: number; to: number } | null;
  /** Worse than its target: the bar takes the hue of that judgement. */
  isMissed?: boolean;
};

const percent = (value: number, max: number) => Math.max(0, Math.min(100, (value / max) * 100));

/** End of a zero-based scale that holds all values with some air, at least 1. */
export const bulletMax = (values: (number | null | undefined)[]): number => {
  const top = Math.max(1, ...values.map((value) => value ?? 0)) * 1.2;
  const step = 10 ** Math.floor(Math.log10(top));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((n) => n * step).find((limit) => limit >= top) ?? top;
};

/** A value on a zero-based bar against its norm: stretch, bar, mark. */
export const Bullet = ({ value, max, mark, band, isMissed = false }: BulletProps) => (
  <svg className={styles.bullet} viewBox="0 0 100 26" preserveAspectRatio="none" aria-hidden="true">
    <rect className={styles.track} y={6} width={100} height={14} />
    {band && (
      <rect
        className={styles.band}
        x={percent(band.from, max)}
        y={6}
        width={percent(band.to, max) - percent(band.from, max)}
        height={14}
      />
    )}
    {value !== null && (
      <rect className={isMissed ? styles.missed : styles.value} y={10} width={percent(value, max)} height={6} />
    )}
    {mark !== null && mark !== undefined && (
      <rect className={styles.mark} x={Math.min(99.2, Math.max(0, percent(mark, max) - 0.4))} width={0.8} height={26} />
    )}
  </svg>
);
