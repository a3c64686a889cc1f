import { z } from 'zod';
import { DivisionCode } from './division';
import { plainText } from './intake';

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
export type VolunteerRow = {
  id: string;
  name: string;
  joinedAt: string;
  leftAt: string | null;
  /** Since when the pass of the volunteer holds; null = there is none. */
  passSince: string | null;
};

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
  /** What was said at the end; '' = nothing. */
  note: string;
  /** The step that is next; null = none. */
  next: TurnStep | null;
};

/** Whatever it is, a secret that no pass has is refused as one that is malformed. */
const Secret = z.string().max(100).catch('');

/** The secret of a pass (志愿者证), as its holder shows it. */
export const PassAsk = z.strictObject({ secret: Secret });

/** A step the holder of a pass takes. `version` = that of his turn as he saw it, 0 = there was none. */
export const PassMove = z.strictObject({
  secret: Secret,
  call: z.uuid(),
  step: z.enum(turnSteps),
  version: z.number().int().min(0),
  note: plainText(200).default(''),
});
export type PassMove = z.infer<typeof PassMove>;

/** A call as the holder of a pass is told it: of others only how many are still wanted. */
export type OwnCall = Pick<
  VolunteerCall,
  'id' | 'service' | 'title' | 'address' | 'startsAt' | 'endsAt' | 'cancelledAt'
> & {
  nFree: number;
  /** Whether he signed up and did not withdraw. */
  isOn: boolean;
  cameAt: string | null;
  wentAt: string | null;
  version: number;
  /** Steps he may take now. */
  steps: TurnStep[];
};

/** What the holder of a pass is told: himself, masked, and the calls around his team that are open or that he is on. */
export type PassTold = {
  name: string;
  team: string;
  teamEn: string;
  /** Hours he served in the 90 days before the clock. */
  hours: number;
  calls: OwnCall[];
};
