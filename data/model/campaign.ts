import { z } from 'zod';
import { DivisionCode } from './division';
import type { Role } from './scope';
import { datesOf, type FixedPeriod } from './view';

/** Divisions a campaign covers at most. */
export const mostAreas = 6;

const LocalDate = z.iso.date();

const isInOrder = ({ startsOn, endsOn }: { startsOn: string; endsOn: string }): boolean =>
  endsOn >= startsOn && datesOf(`${startsOn}/${endsOn}`)?.days !== undefined;

/** What opens a campaign (重点地区排查整治). `id` is made by the sender: sent again, it opens none. */
export const CampaignDraft = z
  .object({
    id: z.uuid(),
    name: z.string().trim().min(2).max(60),
    areas: z.array(DivisionCode).min(1).max(mostAreas),
    /** Large classes it is about; none = all. */
    categories: z.array(z.string().max(10)).max(18).default([]),
    department: z.string().max(10),
    startsOn: LocalDate,
    /** Its last day. */
    endsOn: LocalDate,
    goal: z.string().trim().min(2).max(400),
  })
  .refine(isInOrder, { path: ['endsOn'], error: 'The last day lies after the first one, within ten years.' });
export type CampaignDraft = z.output<typeof CampaignDraft>;

/** Moves the last day, or ends the campaign with what came of it. */
export const CampaignMove = z.object({
  id: z.uuid(),
  version: z.number().int().min(1),
  kind: z.enum(['extend', 'close']),
  /** The new last day of an extension. */
  endsOn: LocalDate.nullable().default(null),
  note: z.string().trim().min(2).max(400),
});
export type CampaignMove = z.output<typeof CampaignMove>;

export const campaignStates = ['planned', 'running', 'over', 'closed'] as const;
export type CampaignState = (typeof campaignStates)[number];

export type CampaignStep = { kind: 'open' | 'extend' | 'close'; at: string; role: Role; endsOn: string; note: string };

/** A campaign as it stood at the clock. */
export type Campaign = {
  id: string;
  version: number;
  name: string;
  areas: string[];
  categories: string[];
  department: string;
  startsOn: string;
  endsOn: string;
  goal: string;
  state: CampaignState;
  /** Oldest first. */
  steps: CampaignStep[];
};

const dayMs = 86_400_000;

/** A local date so many days later. */
export const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

const daysBetween = (from: string, until: string): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

/** Where a campaign stands on a local date. */
export const stateOn = (
  { startsOn, endsOn, isClosed }: Pick<Campaign, 'startsOn' | 'endsOn'> & { isClosed: boolean },
  today: string,
): CampaignState => {
  if (isClosed) return 'closed';
  return today < startsOn ? 'planned' : today <= endsOn ? 'running' : 'over';
};

/** Stretches of whole days a campaign's effect is told by. */
export type CampaignWindows = {
  before: FixedPeriod;
  during: FixedPeriod;
  /** Null while it runs. */
  after: FixedPeriod | null;
  /** Days of `before`, and of what is held against it: `after`, or `during` while it runs. */
  days: number;
};

/**
 * As many days before as have passed since its end, at most as many as it took; while it runs, as many as it has run.
 * The day that still runs is left out. Null = no whole day to tell of.
 */
export const windowsOf = (
  { startsOn, endsOn }: Pick<Campaign, 'startsOn' | 'endsOn'>,
  today: string,
): CampaignWindows | null => {
  const until = dateAfter(endsOn, 1);
  const length = daysBetween(startsOn, today < until ? today : until);
  if (length <= 0) return null;
  const passed = Math.min(length, daysBetween(until, today));
  const days = passed > 0 ? passed : length;
  return {
    before: `${dateAfter(startsOn, -days)}/${startsOn}`,
    during: `${startsOn}/${dateAfter(startsOn, length)}`,
    after: passed > 0 ? `${until}/${dateAfter(until, passed)}` : null,
    days,
  };
};
