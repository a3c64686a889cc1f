'use client';

import { useText } from './text';

/** Local date of an instant on the wall clock of the installation, `2026-11-30`. */
export const useLocalDay = () => {
  const { installation } = useText();
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: installation?.timeZone ?? 'UTC', dateStyle: 'short' });
  return (at: string | Date): string => format.format(new Date(at));
};
