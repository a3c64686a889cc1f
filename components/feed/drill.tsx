'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { createContext, type ReactNode, useContext } from 'react';

const DrillContext = createContext<string | null>(null);

/** The drill this screen is in (演练): its id; null = it shows what is. */
export const useDrill = (): string | null => useContext(DrillContext);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads `drill` of the address where the screen may go into one; the children are made anew when it changes. */
export const DrillProvider = ({ mayEnter, children }: { mayEnter: boolean; children: ReactNode }) => {
  const [asked] = useQueryState('drill', parseAsString);
  const drill = mayEnter && asked !== null && uuid.test(asked) ? asked : null;
  return (
    <DrillContext.Provider key={drill} value={drill}>
      {children}
    </DrillContext.Provider>
  );
};
