import type { Place } from '@/data/model/fair-rank';
import styles from './rank-range.module.css';

type RankRangeProps = {
  place: Place;
  /** Places there are. */
  of: number;
  title?: string;
};

/** Places that chance leaves open (可能名次), in digits and as a stretch of all of them. */
export const RankRange = ({ place: { first, last }, of, title }: RankRangeProps) => (
  <span className={styles.range} title={title} data-range={`${first}–${last}`}>
    <span className={styles.track} aria-hidden="true">
      <i style={{ left: `${((first - 1) / of) * 100}%`, width: `${((last - first + 1) / of) * 100}%` }} />
    </span>
    {first === last ? first : `${first}–${last}`}
  </span>
);
