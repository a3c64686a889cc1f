'use client';

import { useEffect, useState } from 'react';
import { linkTimes } from '@/data/model/cast';
import { type Conductor, useConductor } from '../feed/conductor';
import { useText } from '../feed/text';

/** Seconds until an unanswered request is granted, counted from when this page learnt of it. */
const useRest = (asked: string | null): number => {
  const [rest, setRest] = useState(0);
  useEffect(() => {
    if (asked === null) return;
    const until = Date.now() + linkTimes.requestMs;
    const tick = () => setRest(Math.max(0, Math.ceil((until - Date.now()) / 1_000)));
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [asked]);
  return rest;
};

/** What this device can do about who conducts: label and act, the likeliest first. */
export type CastAction = { key: string; label: string; act: () => void };

const conducting = ({ answer }: Conductor, asking: string | null, t: ReturnType<typeof useText>['t']): CastAction[] =>
  asking === null
    ? [{ key: 'release', label: t('link.remote.release'), act: () => answer('release') }]
    : [
        { key: 'accept', label: t('link.remote.accept', { role: asking }), act: () => answer('accept') },
        { key: 'decline', label: t('link.remote.decline'), act: () => answer('decline') },
      ];

/** What this device can do about the conductor of its wall now, and what it waits for. */
export const useCastActions = (): { actions: CastAction[]; waiting: string | null } => {
  const conductor = useConductor();
  const { t, term } = useText();
  const { state, isConductor, isAsking, mayConduct, mayTakeBack } = conductor;
  const rest = useRest(state?.asked?.at ?? null);
  if (!state) return { actions: [], waiting: null };
  const asking = state.asked ? term('role', state.asked.role) : null;
  if (isConductor)
    return {
      actions: conducting(conductor, asking, t),
      waiting: asking && t('link.conductor.asked', { role: asking }),
    };
  const actions: CastAction[] = [];
  if (isAsking) actions.push({ key: 'withdraw', label: t('link.remote.withdraw'), act: conductor.withdraw });
  else if (mayConduct && asking === null)
    actions.push({ key: 'claim', label: t('link.remote.claim'), act: conductor.claim });
  if (mayTakeBack && state.conductor) actions.push({ key: 'take', label: t('link.remote.take'), act: conductor.take });
  return { actions, waiting: isAsking ? t('link.remote.asking', { seconds: rest }) : null };
};
