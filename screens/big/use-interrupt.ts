'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { nameable } from '@/components/chart/attention';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import type { Acknowledgement } from '@/data/model/cast';
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
import { useInterrupted } from './link/use-interrupted';
import { useWallLink } from './link/wall-link';
import { useInterruptScene } from './use-interrupt-scene';

const levels = { source: 'interrupt', field: 'level' as const, values: ['1', '2'] };
const question = { ...askedBy('interrupt', emptyView), period: 'today' as const, filters: [levels] };
/** How soon another post's acknowledgement is seen, should the wall not hear of it. */
const askAgainMs = 3_000;
const secondMs = 1_000;

/** An interrupt as the wall draws it; null = none. */
export type Interrupt = {
  event: EventRow | null;
  phase: Phase;
  /** Instant the notice ends and the wall changes. */
  changesAt: number;
  isPulsing: boolean;
  /** Others of level Ⅰ grouped with it that are open. */
  nOthers: number;
  /** Which post took notice of it and when; null = none yet. */
  acknowledgement: Acknowledgement | null;
};

/** Keeps what the wall knows of open Ⅰ and Ⅱ events; steps once a second while something interrupts. Null before the first look. */
const useLooks = ({ open, acknowledgements }: Seen, isQuiet: boolean) => {
  const [state, setState] = useState<InterruptState | null>(null);
  const [now, setNow] = useState(() => Date.now());
  const isActive = state !== null && (state.active !== null || state.heldAt !== null);
  useEffect(() => {
    if (!open || !acknowledgements) return;
    const acknowledged = acknowledgements.map(({ event }) => event);
    const look = () => {
      const at = Date.now();
      setNow(at);
      setState((before) => lookAgain(before ?? firstLook(open), open, { now: at, acknowledged, isQuiet }));
    };
    look();
    const timer = setInterval(look, isActive ? secondMs : 10 * secondMs);
    return () => clearInterval(timer);
  }, [open, acknowledgements, isActive, isQuiet]);
  return { state, now };
};

/** Open Ⅰ and Ⅱ events a wall may name, and which of the Ⅰ posts took notice of; undefined until known. */
type Seen = { open: EventRow[] | undefined; acknowledgements: Acknowledgement[] | undefined };

const none: Acknowledgement[] = [];

const useGrave = (isOn: boolean): Seen => {
  const api = useTRPC();
  const answer = useQuery({
    ...api.event.open.queryOptions({ question, sort: 'urgency', limit: 60 }),
    enabled: isOn,
  }).data;
  const open = useMemo(() => answer && nameable(answer.rows), [answer]);
  const events = useMemo(() => open?.filter(({ level }) => level === 1).map(({ id }) => id) ?? [], [open]);
  const hasAny = isOn && events.length > 0;
  const { data, isPending } = useQuery({
    ...api.wall.acknowledged.queryOptions({ events }),
    enabled: hasAny,
    refetchInterval: askAgainMs,
    placeholderData: keepPreviousData,
  });
  if (!isOn) return { open: undefined, acknowledgements: undefined };
  // a Ⅰ is announced though nobody can say whether it was acknowledged
  return { open, acknowledgements: hasAny && isPending ? undefined : (data ?? none) };
};

/** The event that interrupts, its acknowledgement, and whether it waits for one. */
const useLead = (id: string | null, { open, acknowledgements }: Seen) => {
  const api = useTRPC();
  const row = open?.find((one) => one.id === id) ?? null;
  // an event that was closed interrupts a while longer
  const isClosed = id !== null && open !== undefined && !row;
  const closed = useQuery({ ...api.event.byId.queryOptions({ id: id ?? '' }), enabled: isClosed }).data;
  const acknowledgement = acknowledgements?.find(({ event }) => event === id) ?? null;
  return {
    event: row ?? (isClosed ? (closed ?? null) : null),
    acknowledgement,
    isAcknowledged: isClosed || acknowledgement !== null,
  };
};

/**
 * Interrupts of the wall by the live feed (打断): a Ⅰ takes it after a notice, unless the conductor holds it; a Ⅱ holds
 * the tour. Not in a still picture, nor on a wall that was opened at a fixed instant.
 */
export const useInterrupt = (isLive: boolean): { interrupt: Interrupt | null; isTourHeld: boolean } => {
  const { view } = useView();
  const { state: link } = useWallLink();
  const isConducted = (link?.conductor ?? null) !== null;
  const isOn = isLive && (view.at === null || isConducted);
  const grave = useGrave(isOn);
  const { state: known, now } = useLooks(grave, link?.isQuiet ?? false);
  const state = known ?? noInterrupt;
  const active = isOn ? state.active : null;
  const id = active?.id ?? null;
  const { event, acknowledgement, isAcknowledged } = useLead(id, grave);
  const course = link?.interrupt && link.interrupt.event === id ? link.interrupt.course : 'go';
  const phase = active && phaseOf(active, { isAcknowledged, course }, now);
  const step = useInterruptScene({ id, phase, course, isConducted });
  useInterrupted(isOn && known ? id : undefined, step);
  const interrupt = active &&
    phase && {
      event,
      phase,
      changesAt: active.seenAt + interruptTimes.notice,
      isPulsing: isPulsing(active, isAcknowledged, now),
      nOthers: active.others.filter((other) => grave.open?.some((row) => row.id === other)).length,
      acknowledgement,
    };
  return { interrupt, isTourHeld: isOn && holdsTour(state, { isAcknowledged, step }, now) };
};
