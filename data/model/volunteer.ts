import { z } from 'zod';
import { DivisionCode } from './division';

const Id = z.string().regex(/^[\w-]{1,60}$/);

/** A call for volunteers (志愿召集): what service, where, when, how many. `id` is made by the sender. */
export const VolunteerCallDraft = z
  .object({
    id: z.uuid(),
    division: DivisionCode,
    service: z.string().max(10),
    title: z.string().trim().min(2).max(60),
    address: z.string().trim().max(120).default(''),
    startsAt: z.iso.datetime({ offset: true }),
    endsAt: z.iso.datetime({ offset: true }),
    nWanted: z.number().int().min(1).max(200),
  })
  .refine(({ startsAt, endsAt }) => Date.parse(startsAt) < Date.parse(endsAt), { message: 'It ends after it begins.' });
export type VolunteerCallDraft = z.infer<typeof VolunteerCallDraft>;

/** Steps of a volunteer at a call: signs up, withdraws, comes, goes. */
export const turnSteps = ['signUp', 'withdraw', 'come', 'go'] as const;
export type TurnStep = (typeof turnSteps)[number];

export const TurnMove = z.object({ call: z.uuid(), volunteer: Id, step: z.enum(turnSteps) });
export type TurnMove = z.infer<typeof TurnMove>;

/** Somebody new on the register of a team. */
export const VolunteerJoin = z.object({ id: z.uuid(), team: Id, name: z.string().trim().min(2).max(30) });
export type VolunteerJoin = z.infer<typeof VolunteerJoin>;

/** A team with how many it has; figures alone. */
export type VolunteerTeam = {
  id: string;
  name: string;
  nameEn: string;
  division: string;
  service: string;
  nMembers: number;
  /** Hours served by its members in the 90 days before the clock. */
  hours: number;
};

/** A volunteer, masked; the number is what people tell. */
export type VolunteerRow = { id: string; name: string; joinedAt: string; leftAt: string | null };

export type VolunteerCall = {
  id: string;
  division: string;
  service: string;
  title: string;
  address: string;
  startsAt: string;
  endsAt: string;
  nWanted: number;
  cancelledAt: string | null;
  nSignedUp: number;
  nCame: number;
  /** Hours of those who came and went. */
  hours: number;
};

/** A volunteer at a call, masked. */
export type VolunteerTurn = {
  volunteer: string;
  name: string;
  team: string;
  signedUpAt: string;
  cameAt: string | null;
  wentAt: string | null;
  /** The step that is next; null = none. */
  next: TurnStep | null;
};
