import { z } from 'zod';
import { plainText } from './intake';

/**
 * What was done with data about persons (操作): a list looked at, a theme searched, one person's card, an identity revealed. And what
 * administrators did with accounts: made, given a new password, unlocked, signed out, granted and withdrawn posts; records placed anew.
 */
export const auditActions = [
  'care.list',
  'care.card',
  'care.call',
  'care.reveal',
  'care.enrol',
  'care.end',
  'theme.list',
  'theme.card',
  'theme.tree',
  'account.create',
  'account.password',
  'account.factor',
  'account.unlock',
  'account.signOut',
  'account.grant',
  'account.withdraw',
  'recut.adopt',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** What somebody looks at persons for (用途). */
export const lookPurposes = ['visit', 'relief', 'check'] as const;
export const LookPurpose = z.enum(lookPurposes);
export type LookPurpose = z.infer<typeof LookPurpose>;

/** Why an identity is revealed, in words. */
export const RevealReason = plainText(200).pipe(z.string().min(4));

/** One line of the audit (审计留痕): who looked at what, when and what for. */
export type AuditLine = {
  seq: number;
  at: string;
  role: string;
  division: string;
  screen: string;
  action: AuditAction;
  /** What it was about: a division and group for lists, the register's id for one person. */
  subject: string;
  purpose: string;
  /** Persons told. */
  nRows: number;
};

/** What the verifier found: lines read, and the first whose hash or whose predecessor's does not fit. */
export type AuditCheck = { nLines: number; brokenAt: number | null };
