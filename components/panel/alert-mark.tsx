import type { EventLevel } from '@/data/model/event';
import { LevelMark } from '../base/level-mark';

/** Mark of a warning's level; a white one is an empty ring, since it asks for attention and nothing more. */
export const AlertMark = ({ level, size }: { level: EventLevel | null; size: string }) =>
  level ? (
    <LevelMark level={level} size={size} />
  ) : (
    <svg viewBox="0 0 24 24" style={{ width: size, height: size, flex: 'none' }} aria-hidden="true">
      <circle cx={12} cy={12} r={9.5} fill="none" stroke="var(--text-1)" strokeWidth={2.5} />
    </svg>
  );
