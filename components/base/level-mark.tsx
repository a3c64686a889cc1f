import type { EventLevel } from '@/data/model/event';

/** Outlines on a 24 unit square: Ⅰ octagon, Ⅱ diamond, Ⅲ triangle, Ⅳ disc. Shape, numeral and colour say the level together. */
export const levelShapes: Record<EventLevel, { path: string; textY: number; numeral: string }> = {
  1: { path: 'M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4Z', textY: 12, numeral: 'Ⅰ' },
  2: { path: 'M12 .5 23.5 12 12 23.5.5 12Z', textY: 12, numeral: 'Ⅱ' },
  3: { path: 'M12 1.5 23.5 21.5H.5Z', textY: 15.5, numeral: 'Ⅲ' },
  4: { path: 'M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22Z', textY: 12, numeral: 'Ⅳ' },
};

/** Mark of an event level; grey outline when `isMuted` (a count of zero is a normal state). */
export const LevelMark = ({ level, size, isMuted = false }: { level: EventLevel; size: string; isMuted?: boolean }) => {
  const { path, textY, numeral } = levelShapes[level];
  // the numeral is read at the same distance in every language
  const side = `calc(${size} / var(--script))`;
  return (
    <svg
      viewBox="0 0 24 24"
      style={{ width: side, height: side, flex: 'none', textShadow: 'none' }}
      role="img"
      aria-label={numeral}
    >
      <path
        d={path}
        fill={isMuted ? 'none' : `var(--alert-${level})`}
        stroke={isMuted ? 'var(--line-2)' : 'none'}
        strokeWidth={1.5}
      />
      <text
        x={12}
        y={textY}
        fontSize={10}
        fontWeight={600}
        textAnchor="middle"
        dominantBaseline="central"
        fill={isMuted ? 'var(--text-3)' : `var(--alert-ink-${level})`}
      >
        {numeral}
      </text>
    </svg>
  );
};
