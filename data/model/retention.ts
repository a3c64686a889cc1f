import { z } from 'zod';
import { DatedChange, type DatedVersion } from './dated';

/** Rules of list `retention` that have a timer (保存期限): what each erases or makes nameless stands in `server/retention`. */
export const timerCodes = [
  'track',
  'upload',
  'photo',
  'contact',
  'party',
  'volunteer',
  'phone',
  'identity',
  'care-note',
  'care-attempt',
  'list',
  'sign-in',
  'failure',
  'device',
] as const;
export const TimerCode = z.enum(timerCodes);
export type TimerCode = z.infer<typeof TimerCode>;

/** Whole days a rule keeps what it is about, from a day on. */
export const RetentionDraft = DatedChange.extend({ code: TimerCode, days: z.number().int().min(1).max(36_500) });
export type RetentionDraft = z.infer<typeof RetentionDraft>;

type Words = { zh: string; en: string };

/** A rule of what is kept for ever, or until its record goes: the reason why it has no timer. */
export type KeptForGood = { code: string; why: Words };

/** A timer as it stands: what is done how many days after what, what is due now, what was done so far. */
export type Timer = {
  code: TimerCode;
  act: 'erase' | 'clear';
  days: number;
  /** Fewest and most days it may be changed to. */
  least: number;
  most: number;
  from: Words;
  why: Words;
  /** Rows whose time is up and that the next night takes. */
  nDue: number;
  /** Rows taken so far, and the last night that took some; null = none yet. */
  nDone: number;
  lastNight: string | null;
};

/** All rules; `nextAt`: instant of the next run, null = nothing works on the queue. */
export type Retention = { nextAt: string | null; timers: Timer[]; kept: KeptForGood[]; mayKeep: boolean };

/** The versions of one rule, the newest first. */
export type TimerVersion = DatedVersion & { days: number };
