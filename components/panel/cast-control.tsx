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

/** What this device can do about its wall: label and act, the likeliest first; `isOn` for what is switched. */
export type CastAction = { key: string; label: string; act: () => void; isOn?: boolean };

type Words = ReturnType<typeof useText>['t'];

const conducting = ({ state, answer }: Conductor, asking: string | null, t: Words): CastAction[] => {
  if (asking !== null)
    return [
      { key: 'accept', label: t('link.remote.accept', { role: asking }), act: () => answer('accept') },
      { key: 'decline', label: t('link.remote.decline'), act: () => answer('decline') },
    ];
  const isQuiet = state?.isQuiet ?? false;
  return [
    { key: 'quiet', label: t('link.quiet'), act: () => answer(isQuiet ? 'loud' : 'quiet'), isOn: isQuiet },
    { key: 'release', label: t('link.remote.release'), act: () => answer('release') },
  ];
};

/** What this device can do about the event that interrupts its wall: the conductor all of it, the desk on duty the way back. */
export const useSteering = (): CastAction[] => {
  const { state, isConductor, mayTakeBack, steer } = useConductor();
  const { t } = useText();
  const interrupt = state?.interrupt;
  if (!interrupt) return [];
  const { step, course } = interrupt;
  const hold: CastAction = { key: 'hold', label: t('link.remote.hold'), act: () => steer('hold') };
  const go: CastAction = { key: 'go', label: t('link.remote.go'), act: () => steer('go') };
  const stay: CastAction = { key: 'back', label: t('link.remote.stay'), act: () => steer('back') };
  if (step === 'scene') return isConductor || mayTakeBack ? [{ ...stay, label: t('link.remote.back') }] : [];
  if (step === 'past' || !isConductor || course === 'back') return [];
  return course === 'hold' ? [go, stay] : [hold];
};

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
