'use client';

import type { Candidate } from '@/data/model/dispatch';
import { useText } from '../feed/text';

const words = (name: string) => `dispatch.${name}`;

/** Sentences of dispatching: whom, how far, at work or not, and with how much in hand. */
export const useDispatchWords = () => {
  const { t, term } = useText();
  const way = ({ metres, isRoad }: Pick<Candidate, 'metres' | 'isRoad'>): string => {
    if (metres === null) return t(words('way.none'));
    const n = metres < 1000 ? String(Math.round(metres / 10) * 10) : (metres / 1000).toFixed(1);
    return t(words(isRoad ? 'way.road' : 'way.straight'), { way: t(words(metres < 1000 ? 'metres' : 'km'), { n }) });
  };
  const record = ({ nHandled, nOnTime = 0 }: Pick<Candidate, 'nHandled' | 'nOnTime'>): string[] => {
    if (nHandled === undefined) return [];
    return [nHandled === 0 ? t(words('recordNone')) : t(words('record'), { n: nHandled, k: nOnTime })];
  };
  return {
    /** A worker masked, or the duty desk of a department. */
    who: (department: string, worker: string | null, name: string | null): string =>
      worker === null
        ? t(words('desk'), { department: term('department', department) })
        : (name ?? t(words('unnamed'))),
    /** Why a candidate: cover, shift, way, load, record. */
    facts: (candidate: Omit<Candidate, 'worker'>): string =>
      [
        t(words(candidate.covers ? 'covers' : 'why.notCovering')),
        t(words(`shift.${candidate.shift}`)),
        way(candidate),
        t(words('load'), { n: candidate.load }),
        ...record(candidate),
      ].join(' · '),
  };
};
