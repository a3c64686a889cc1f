/** What the page of a wall knows of itself when it looks, every few seconds. */
export type Pulse = {
  /** Ms by the clock of the machine; jumps when it slept. */
  now: number;
  /** Version the server runs; null = no answer. */
  version: string | null;
  /** Screen state as `data-state` says it. */
  screen: string;
  /** Whether somebody conducts or something interrupts: no moment to reload. */
  isBusy: boolean;
  /** Whether the beat of a worker came meanwhile to find the page frozen for a minute. */
  wasFrozen: boolean;
};

/** What the page remembers between looks. */
export type Life = {
  seenAt: number;
  /** First version the server told; null before. */
  version: string | null;
  /** Since when the screen has not been drawn in full; null while it is. */
  brokenSince: number | null;
  /** Since when another version runs; null while it does not. */
  changedSince: number | null;
  reloadedAt: number;
};

export const lifeTimes = {
  lookMs: 5_000,
  /** A clock that jumps further than this slept. */
  jumpMs: 30_000,
  /** Broken this long, the page is loaded anew … */
  brokenMs: 60_000,
  /** … at most this often. */
  reloadMs: 300_000,
  /** A changed build waits for a quiet moment, but not longer. */
  patienceMs: 600_000,
} as const;

export const newLife = (now: number, reloadedAt: number): Life => ({
  seenAt: now,
  version: null,
  brokenSince: null,
  changedSince: null,
  reloadedAt,
});

export type Remedy = 'none' | 'refetch' | 'reload';

const isOlder = (since: number | null, ms: number, now: number): boolean => since !== null && now - since >= ms;

/**
 * Looks after a wall that runs for weeks: asks for everything again after a sleep; loads the page anew when it was
 * frozen, when it stands undrawn for a minute while the server answers, or once, at a quiet moment, when the build
 * changed. Without a server nothing is loaded anew: the last drawing is better than none.
 */
export const look = (life: Life, pulse: Pulse): { life: Life; remedy: Remedy } => {
  const { now, version, isBusy } = pulse;
  const isBroken = ['waiting', 'failed'].includes(pulse.screen) && version !== null;
  const hasChanged = life.version !== null && version !== null && version !== life.version;
  const next: Life = {
    ...life,
    seenAt: now,
    version: life.version ?? version,
    brokenSince: isBroken ? (life.brokenSince ?? now) : null,
    changedSince: hasChanged ? (life.changedSince ?? now) : version === null ? life.changedSince : null,
  };
  const hasSlept = now - life.seenAt > lifeTimes.jumpMs;
  if (hasSlept) return { life: { ...next, brokenSince: null }, remedy: 'refetch' };
  const isQuiet = !isBusy || isOlder(next.changedSince, lifeTimes.patienceMs, now);
  const wantsReload =
    pulse.wasFrozen || isOlder(next.brokenSince, lifeTimes.brokenMs, now) || (next.changedSince !== null && isQuiet);
  const mayReload = version !== null && now - life.reloadedAt >= lifeTimes.reloadMs;
  return { life: next, remedy: wantsReload && mayReload ? 'reload' : 'none' };
};
