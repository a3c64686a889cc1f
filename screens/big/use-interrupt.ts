'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { nameable } from '@/components/chart/attention';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import type { EventRow } from '@/data/model/event';
import { askedBy, emptyView } from '@/data/model/view';
import {
  firstLook,
  holdsTour,
  type InterruptState,
  interruptTimes,
  isPulsing,
  lookAgain,
  noInterrupt,
  type Phase,
  phaseOf,
} from './interrupt';

const levels = { source: 'interrupt', field: 'level' as const, values: ['1', '2'] };
const question = { ...askedBy('interrupt', emptyView), period: 'today' as const, filters: [levels] };
/** How soon another post's acknowledgement is seen. */
const askAgainMs = 3_000;
const secondMs = 1_000;

/** An interrupt as the wall draws it; null = none. */
export type Interrupt = {
  event: EventRow | null;
  phase: Phase;
  /** Instant the notice ends and the wall changes. */
  changesAt: number;
  isPulsing: boolean;
  /** Others of level Ⅰ grouped with it. */
  nOthers: number;
};

/** What the wall showed before an interrupt took it, to be shown again. */
type Before = { v: string | null; sel: string | null };

/** Keeps what the wall knows of open Ⅰ and Ⅱ events; steps once a second while something interrupts. */
const useLooks = (open: readonly EventRow[] | undefined) => {
  const [state, setState] = useState<InterruptState | null>(null);
  const [now, setNow] = useState(() => Date.now());
  const isActive = state !== null && (state.active !== null || state.heldAt !== null);
  useEffect(() => {
    if (!open) return;
    const look = () => {
      const at = Date.now();
      setNow(at);
      setState((before) => lookAgain(before ?? firstLook(open), open, at));
    };
    look();
    const timer = setInterval(look, isActive ? secondMs : 10 * secondMs);
    return () => clearInterval(timer);
  }, [open, isActive]);
  return { state: state ?? noInterrupt, now };
};

/** Brings the wall to the incident once its notice is over, and back to what stood there before when it is done. */
const useScene = (id: string | null, isCommand: boolean) => {
  const [shown, setShown] = useQueryStates({ v: parseAsString, sel: parseAsString }, { history: 'replace' });
  const before = useRef<Before | null>(null);
  const latest = useRef({ shown, setShown });
  latest.current = { shown, setShown };
  useEffect(() => {
    if (!isCommand || id === null || before.current) return;
    before.current = latest.current.shown;
    void latest.current.setShown({ v: 'event', sel: `event:${id}` });
  }, [isCommand, id]);
  useEffect(() => {
    const was = before.current;
    if (id !== null || !was) return;
    before.current = null;
    // a conductor may have gone elsewhere meanwhile: what he chose stays
    if (latest.current.shown.v === 'event') void latest.current.setShown(was);
  }, [id]);
};

/** Interrupts of the wall by the live feed (打断): a Ⅰ takes it after a notice, a Ⅱ holds the tour. Not at a fixed instant. */
export const useInterrupt = (isLive: boolean): { interrupt: Interrupt | null; isTourHeld: boolean } => {
  const api = useTRPC();
  const { view } = useView();
  const isOn = isLive && view.at === null;
  const answer = useQuery({
    ...api.event.open.queryOptions({ question, sort: 'urgency', limit: 60 }),
    enabled: isOn,
  }).data;
  const open = useMemo(() => answer && nameable(answer.rows), [answer]);
  const { state, now } = useLooks(isOn ? open : undefined);
  const { active } = state;
  const id = isOn && active ? active.id : null;
  const acknowledged = useQuery({
    ...api.wall.acknowledged.queryOptions({ events: id ? [id] : [] }),
    enabled: id !== null,
    refetchInterval: askAgainMs,
  }).data;
  const isAcknowledged = acknowledged?.some(({ event }) => event === id) ?? false;
  const phase = active ? phaseOf(active, isAcknowledged, now) : null;
  useScene(id, phase === 'command');
  const interrupt = id !== null &&
    active &&
    phase !== null && {
      event: open?.find((row) => row.id === id) ?? null,
      phase,
      changesAt: active.seenAt + interruptTimes.notice,
      isPulsing: isPulsing(active, isAcknowledged, now),
      nOthers: active.others.length,
    };
  return { interrupt: interrupt || null, isTourHeld: isOn && holdsTour(state, isAcknowledged, now) };
};
