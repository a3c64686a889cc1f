'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Course, type LinkState, linkTimes } from '@/data/model/cast';
import type { ScreenKey } from '@/data/model/scope';
import type { View } from '@/data/model/view';
import { newestWins } from './cast';
import { problemOf } from './failure';
import { earOf, type LinkKey, readKey, writeKey } from './kept-key';
import { useTRPC, useTRPCClient } from './trpc';

/** A browser may stand in another post on another class of screen: each has its own key. */
const keyNameOf = (screen: ScreenKey) => `gridhall.device.${screen}`;
/** Least time between two casts, and between two places of the pointer. */
const castGapMs = 60;
const pointGapMs = 100;
const reopenMs = 3_000;

/** Where a cast stands: on its way, drawn by the wall, not answered for 2 s, refused. */
export type CastStatus = {
  phase: 'casting' | 'shown' | 'late' | 'failed';
  /** What was cast: a scene, a card, a page. */
  page: string | null;
  view: View;
  sequence: number;
  /** Ms from the server's acceptance to the wall's drawing; null until then. */
  ms: number | null;
};

/** What a conductor says of his part: to who asks for it, and whether he wants to be disturbed. */
type Answer = 'accept' | 'decline' | 'release' | 'quiet' | 'loud';

/** This device and the wall it has joined. */
export type Conductor = {
  /** Null while no wall is joined or nothing is known of it yet. */
  state: LinkState | null;
  hasJoined: boolean;
  isConductor: boolean;
  /** Whether this device asks to conduct and waits for the answer. */
  isAsking: boolean;
  mayConduct: boolean;
  mayTakeBack: boolean;
  /** Whether the line to the server stands. */
  isConnected: boolean;
  status: CastStatus | null;
  /** Problem code of what failed last; null after a success. */
  problem: string | null;
  join: (how: { code: string } | { wall: string }) => Promise<LinkKey | null>;
  leave: () => void;
  claim: () => void;
  withdraw: () => void;
  take: () => void;
  answer: (move: Answer) => void;
  /** What becomes of the event that interrupts the wall. */
  steer: (course: Course) => void;
  cast: (view: View) => void;
  point: (at: { lng: number; lat: number }) => void;
};

const ConductorContext = createContext<Conductor | null>(null);

export const useConductor = (): Conductor => {
  const conductor = useContext(ConductorContext);
  if (!conductor) throw new Error('useConductor needs a ConductorProvider above it.');
  return conductor;
};

/** The key of this device and what the server tells it of its wall. */
const useLine = (screen: ScreenKey) => {
  const keyName = keyNameOf(screen);
  const api = useTRPC();
  const [key, setKey] = useState<LinkKey | null>(null);
  const [state, setState] = useState<LinkState | null>(null);
  useEffect(() => setKey(readKey(keyName)), [keyName]);
  const choose = (next: LinkKey | null) => {
    writeKey(keyName, next);
    setKey(next);
    setState(null);
  };
  const line = useSubscription(
    api.wall.watch.subscriptionOptions(key ? earOf(key) : skipToken, {
      onData: (item) => {
        if (item.kind === 'state') setState(item.state);
      },
    }),
  );
  const rights = useQuery(api.wall.me.queryOptions(key ? { key } : skipToken, { staleTime: Infinity }));
  const isGone = [rights.error, line.error].some((error) => error && problemOf(error) === 'not_allowed');
  useEffect(() => {
    if (!isGone) return;
    writeKey(keyName, null);
    setKey(null);
    setState(null);
  }, [isGone, keyName]);
  const { status, reset } = line;
  useEffect(() => {
    if (status !== 'error') return;
    const timer = setTimeout(reset, reopenMs);
    return () => clearTimeout(timer);
  }, [status, reset]);
  return { key, choose, state, setState, rights: rights.data, isConnected: status === 'pending' };
};

type Line = ReturnType<typeof useLine>;

/** Says every 10 s that the conductor is there. */
const useBeat = ({ key, state }: Line, isConductor: boolean) => {
  const client = useTRPCClient();
  const term = state?.term ?? 0;
  useEffect(() => {
    if (!key || !isConductor) return;
    const beat = () => void client.wall.conduct.mutate({ key, term, move: 'beat' }).catch(() => {});
    const timer = setInterval(beat, linkTimes.beatMs);
    return () => clearInterval(timer);
  }, [client, key, term, isConductor]);
};

type Sending = Pick<CastStatus, 'view' | 'sequence'> & { isFailed: boolean; isLate: boolean };

/** Casts Views, the newest first; tells how far the last one came. */
const useCasting = (line: Line, isConductor: boolean) => {
  const client = useTRPCClient();
  const [sending, setSending] = useState<Sending | null>(null);
  const { key, state } = line;
  const term = state?.term ?? 0;
  const push = useMemo(() => {
    let last = 0;
    return newestWins(async (cast: { view: View; known: number }) => {
      if (!key) return;
      last = Math.max(last, cast.known) + 1;
      const sequence = last;
      setSending({ view: cast.view, sequence, isFailed: false, isLate: false });
      const turn = (part: Partial<Sending>) =>
        setSending((before) => (before?.sequence === sequence ? { ...before, ...part } : before));
      setTimeout(() => turn({ isLate: true }), linkTimes.lateMs);
      await client.wall.cast.mutate({ key, term, sequence, view: cast.view }).catch(() => turn({ isFailed: true }));
    }, castGapMs);
  }, [client, key, term]);
  const shown = state?.shown;
  const isShown = sending !== null && (shown?.sequence ?? 0) >= sending.sequence;
  const status: CastStatus | null = sending && {
    view: sending.view,
    page: sending.view.page,
    sequence: sending.sequence,
    phase: isShown ? 'shown' : sending.isFailed ? 'failed' : sending.isLate ? 'late' : 'casting',
    ms: isShown ? (shown?.ms ?? null) : null,
  };
  return {
    status: isConductor ? status : null,
    cast: (view: View) => push({ view, known: state?.sequence ?? 0 }),
  };
};

const usePointing = ({ key, state }: Line) => {
  const client = useTRPCClient();
  const term = state?.term ?? 0;
  return useMemo(
    () =>
      newestWins(
        async (at: { lng: number; lat: number }) => key && client.wall.point.mutate({ key, term, ...at }),
        pointGapMs,
      ),
    [client, key, term],
  );
};

/** What the buttons do: each answer of the server is the newest state. */
const useMoves = (line: Line) => {
  const client = useTRPCClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { key, state, setState, choose } = line;
  const run = async <T,>(work: Promise<T>): Promise<T | null> => {
    try {
      const done = await work;
      setProblem(null);
      return done;
    } catch (error) {
      setProblem(problemOf(error));
      return null;
    }
  };
  const move = async (work: Promise<LinkState>) => {
    const next = await run(work);
    if (next) setState((before) => (before && before.revision > next.revision ? before : next));
  };
  return {
    problem,
    join: async (how: { code: string } | { wall: string }) => {
      const joined = await run(client.wall.join.mutate(how));
      if (joined) choose(joined);
      return joined;
    },
    leave: () => {
      if (key) void run(client.wall.leave.mutate({ key }));
      choose(null);
    },
    claim: () => key && void move(client.wall.claim.mutate({ key })),
    withdraw: () => key && void move(client.wall.withdraw.mutate({ key })),
    take: () => key && void move(client.wall.take.mutate({ key })),
    answer: (what: Answer) => key && void move(client.wall.conduct.mutate({ key, term: state?.term ?? 1, move: what })),
    steer: (course: Course) => {
      if (!key || !state?.interrupt) return;
      const { term, interrupt } = state;
      void move(client.wall.steer.mutate({ key, term, event: interrupt.event, course }));
    },
  };
};

/** Joins this device to a wall, and lets what stands inside conduct it. */
export const ConductorProvider = ({ screen, children }: { screen: ScreenKey; children: ReactNode }) => {
  const line = useLine(screen);
  const { key, state, rights } = line;
  const isConductor = key !== null && state?.conductor?.device === key.id;
  useBeat(line, isConductor);
  const casting = useCasting(line, isConductor);
  const point = usePointing(line);
  const moves = useMoves(line);
  const value: Conductor = {
    state,
    hasJoined: key !== null,
    isConductor,
    isAsking: key !== null && state?.asked?.device === key.id,
    mayConduct: rights?.mayConduct ?? false,
    mayTakeBack: rights?.mayTakeBack ?? false,
    isConnected: line.isConnected,
    ...casting,
    ...moves,
    point: (at) => {
      if (isConductor) point(at);
    },
  };
  return <ConductorContext value={value}>{children}</ConductorContext>;
};
