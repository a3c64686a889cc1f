import { z } from 'zod';
import { DivisionCode } from './division';
import type { Role } from './scope';

/** What opens a roll call (点名) of all whose shift is running in a division. `id` is made by the sender. */
export const MusterDraft = z.object({
  id: z.uuid(),
  division: DivisionCode,
  /** Minutes within which an answer is in time. */
  limitMinutes: z.number().int().min(1).max(60),
});
export type MusterDraft = z.output<typeof MusterDraft>;

/** Limits after which a roll call that nobody closed is over. */
export const musterSpan = 4;

export const musterResults = ['present', 'late', 'missing'] as const;
export type MusterResult = (typeof musterResults)[number];

/** How many answered in time, late, not at all; of all that were called. */
export type MusterFigures = Record<MusterResult, number> & { called: number };

/** A roll call as it stood at the clock; figures alone, on walls too. */
export type Muster = {
  id: string;
  division: string;
  calledAt: string;
  limitMinutes: number;
  role: Role;
  /** Null = answers are still taken. */
  closedAt: string | null;
  figures: MusterFigures;
};

/** Somebody who was called, masked; `minutes` from the call to the answer, null = none. */
export type MusterMember = {
  worker: string;
  name: string;
  workerType: string;
  department: string | null;
  place: string | null;
  result: MusterResult;
  minutes: number | null;
};

/** When a roll call is over: as it was closed, or by the clock. */
export const musterEnd = (calledAt: Date, limitMinutes: number, closedAt: Date | null): Date =>
  closedAt ?? new Date(calledAt.getTime() + musterSpan * limitMinutes * 60_000);

/** What an answer is worth; null = there was none. */
export const musterResult = (calledAt: Date, limitMinutes: number, answeredAt: Date | null): MusterResult => {
  if (answeredAt === null) return 'missing';
  return answeredAt.getTime() - calledAt.getTime() <= limitMinutes * 60_000 ? 'present' : 'late';
};
