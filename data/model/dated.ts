import { z } from 'zod';

/** A change of rules from a day on; `seen` = start of the rules that were looked at. */
export const DatedChange = z.object({
  seen: z.iso.datetime({ offset: true }),
  /** Local date. */
  from: z.iso.date(),
  note: z.string().trim().min(2).max(400),
});
export type DatedChange = z.infer<typeof DatedChange>;

/** What is wrong with a change; each has a sentence. */
const ruleFaults = [
  'past',
  'used',
  'behind',
  'same',
  'autoUnlisted',
  'noDepartment',
  'noCondition',
  'begun',
  'order',
  'days',
] as const;
export type RuleFault = (typeof ruleFaults)[number];

/** Who put rules on record, or took them back; null = they came with the list. */
export type ChangeNote = { act: 'set' | 'withdrawn'; actor: string; at: string; note: string } | null;

/** Rules as they stood, stand or will stand: from an instant, until another or (null) further on. */
export type DatedVersion = { from: string; until: string | null; change: ChangeNote };
