import { z } from 'zod';
import { type Bbox, LngLat } from './geo';
import { Problem } from './problem';

/** Why a report, a photo or a move was not taken, in words of their own: text keys `intake.refused.<reason>`. */
export const refusals = [
  'photo_type',
  'photo_broken',
  'photo_large',
  'photo_pixels',
  'photo_unknown',
  'body_large',
  'not_json',
  'future_time',
  'outside',
  'category',
  'markup',
  'key_used',
  'rate',
  'receipt',
  'rated',
  'contact',
  'push_key',
  'push_source',
  'police_case',
  'device',
  'reading_late',
  'duplicate',
  'personal',
  'words_missing',
  'due_past',
  'control_below',
  'control_open',
  'list_encoding',
  'list_broken',
  'list_column',
  'list_empty',
  'list_long',
  'list_rows',
  'crs_missing',
  'crs_guess',
  'crs_wrong',
  'name_unknown',
  'name_taken',
  'home_unmatched',
  'pass_unknown',
  'pass_left',
  'call_full',
  'turn_step',
  'turn_changed',
  'building_unknown',
  'dwelling_unknown',
  'outside_grids',
  'no_end',
  'nothing_changed',
  'id_number',
  'same_post',
  'sign_in',
  'locked',
  'code',
  'username',
  'password_short',
  'password_long',
  'password_name',
  'password_guessable',
  'password_wrong',
  'account_password',
  'account_factor',
  'account_post',
  'account_ended',
  'own_account',
  'admin_split',
  'post_held',
  'post_unknown',
  'post_department',
  'origin',
  'recut_within',
  'recut_ended',
  'recut_code',
  'recut_community',
  'recut_outline',
  'recut_overlap',
  'recut_gap',
  'recut_beyond',
  'recut_worker',
  'recut_no_worker',
] as const;
export type Refusal = (typeof refusals)[number];

/** The refusal a text names; null when it names none. */
export const refusalIn = (text: unknown): Refusal | null => refusals.find((reason) => reason === text) ?? null;

const codes: Partial<Record<Refusal, Problem['code']>> = {
  rate: 'busy',
  receipt: 'not_found',
  key_used: 'conflict',
  name_taken: 'conflict',
  rated: 'conflict',
  call_full: 'conflict',
  turn_changed: 'conflict',
  pass_unknown: 'not_allowed',
  push_key: 'not_allowed',
  push_source: 'not_allowed',
  sign_in: 'not_allowed',
  code: 'not_allowed',
  locked: 'busy',
  password_wrong: 'not_allowed',
  account_password: 'not_allowed',
  account_factor: 'not_allowed',
  account_post: 'not_allowed',
  account_ended: 'not_allowed',
  own_account: 'not_allowed',
  admin_split: 'conflict',
  post_held: 'conflict',
  same_post: 'not_allowed',
  origin: 'not_allowed',
};

/** A Problem that says why. */
export const refuse = (reason: Refusal, detail: string, params: Record<string, string | number> = {}): Problem =>
  new Problem(codes[reason] ?? 'invalid', detail, { reason, ...params });

const markup = /<[a-z!/?][^>]*>/i;

/** Text of a person: no markup, trimmed. */
export const plainText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !markup.test(text), 'markup' satisfies Refusal);

/** A photo that was kept: its id, and where and when it says it was taken; null = it does not say. */
export type KeptPhoto = {
  id: string;
  width: number;
  height: number;
  position: LngLat | null;
  takenAt: string | null;
};

/** What the public page sends. `contact` is kept apart and sealed. */
export const PublicReport = z.strictObject({
  clientKey: z.uuid(),
  category: z.string().regex(/^[\w-]{1,60}$/),
  text: plainText(1000).pipe(z.string().min(2)),
  position: LngLat,
  photos: z.array(z.uuid()).max(4).default([]),
  contact: z
    .string()
    .trim()
    .regex(/^$|^[\d+() -]{6,20}$|^[^\s<>@]{1,60}@[^\s<>@]{1,60}$/, 'contact' satisfies Refusal)
    .default(''),
});
export type PublicReport = z.infer<typeof PublicReport>;

/** Receipt of a public report (受理回执): 80 random bits in four groups, without look-alikes. */
export const Receipt = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/, 'receipt' satisfies Refusal);

/** Steps told to the citizen. */
export const publicSteps = ['received', 'accepted', 'sent', 'working', 'checked', 'done', 'refused', 'merged'] as const;
export type PublicStep = (typeof publicSteps)[number];

/** All that a receipt tells: no name, post, place or other case. */
export type Progress = {
  receipt: string;
  number: string;
  category: { zh: string; en: string };
  text: string;
  photos: string[];
  steps: { step: PublicStep; at: string }[];
  dueAt: string | null;
  isClosed: boolean;
  canRate: boolean;
  rating: number | null;
};

/** What the public page asks with. `common`: categories reported most of late. */
export type PublicForm = {
  name: string;
  nameEn: string;
  isDemo: boolean;
  /** IANA; times are told in it. */
  timeZone: string;
  bbox: Bbox | null;
  words: { list: string; code: string; zh: string; en: string; parent: string | null }[];
  common: string[];
};

/** One event of a sending system. `id` is the sender's own; a repeated one is the same event. */
export const PushEvent = z.strictObject({
  id: z.string().regex(/^[\w.:/-]{1,80}$/),
  source: z.enum(['04', '05', '06', '09', '13']),
  category: z.string().regex(/^[\w-]{1,60}$/),
  title: plainText(120).pipe(z.string().min(1)),
  description: plainText(4000).default(''),
  position: LngLat,
  address: plainText(200).default(''),
  happenedAt: z.iso.datetime({ offset: true }).optional(),
  /** Source 13 alone: the police say that it is no police case. */
  isPoliceCase: z.literal(false, 'police_case' satisfies Refusal).optional(),
});
export type PushEvent = z.infer<typeof PushEvent>;

/** One reading of a device. */
export const Reading = z.strictObject({
  device: z.string().regex(/^[\w.:-]{1,60}$/),
  at: z.iso.datetime({ offset: true }),
  value: z.number(),
});
export type Reading = z.infer<typeof Reading>;
