import { type ReactElement, useRef } from 'react';
import { useIsBrushing } from '../feed/brush';

/** What was drawn last, while a hand brushes and all it shows (`shown`) stayed; else what is drawn now. */
export const useDrawnLast = (shown: readonly unknown[], draw: () => ReactElement): ReactElement => {
  const isBrushing = useIsBrushing();
  const last = useRef<{ shown: readonly unknown[]; drawn: ReactElement } | null>(null);
  if (isBrushing && last.current?.shown.every((part, i) => Object.is(part, shown[i]))) return last.current.drawn;
  const drawn = draw();
  last.current = { shown, drawn };
  return drawn;
};
