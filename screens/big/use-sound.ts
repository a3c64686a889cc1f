'use client';

import { useEffect, useState } from 'react';
import { mayNowSound, soundAgainAndAgain } from '../wall-sound';

/** `off` = not set up; `blocked` = the browser wants a touch of the page first. */
export type Sound = 'off' | 'blocked' | 'silent' | 'sounding';

const gestures = ['pointerdown', 'keydown'] as const;

/** The alarm of a Ⅰ (铃声) on a wall that is set up for it: sounds while `isWanted`. Says so where it cannot. */
export const useSound = (isSetUp: boolean, isWanted: boolean): Sound => {
  const [mayIt, setMay] = useState<boolean | null>(null);
  useEffect(() => {
    if (!isSetUp) return;
    const ask = () => void mayNowSound().then(setMay);
    ask();
    for (const name of gestures) window.addEventListener(name, ask);
    return () => {
      for (const name of gestures) window.removeEventListener(name, ask);
    };
  }, [isSetUp]);
  const isSounding = isSetUp && isWanted && mayIt === true;
  useEffect(() => (isSounding ? soundAgainAndAgain() : undefined), [isSounding]);
  if (!isSetUp || mayIt === null) return 'off';
  return isSounding ? 'sounding' : mayIt ? 'silent' : 'blocked';
};
