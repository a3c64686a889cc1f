import { z } from 'zod';
import { plainText } from './intake';

/**
 * What was done with data about persons (操作): a list looked at, a theme searched, one person's card, an identity revealed, a
 * contact of the public, a worker's track, a file taken along. What administrators did with accounts: made, given a new
 * password, unlocked, signed out, granted and withdrawn posts; records placed anew; what its time was up for, erased by night.
 * And sign-ins: begun, refused, locked, acting in a post, ended.
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
  'contact.open',
  'home.slip',
  'track.read',
  'file.export',
  'session.begin',
  'session.refuse',
  'session.lock',
  'session.post',
  'session.end',
  'retention.run',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Why a sign-in ended (登录结束): the line of `session.end` says it. */
export const sessionEnds = ['left', 'replaced', 'chosen', 'password', 'administrator', 'expired'] as const;
export type SessionEnd = (typeof sessionEnds)[number];

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
  /** What it was about: a division and group for lists, the register's id for one person, an event, a worker and hours, a file's number, an account. */
  subject: string;
  purpose: string;
  /** Persons told; rows of a file; sign-ins. */
  nRows: number;
};

/**
 * What the verifier found: lines read, and the first whose hash, whose predecessor's or whose anchor does not fit. `anchor`:
 * the newest line that is also noted outside the database; null = none is yet. `nCut`: lines after the last one that the
 * anchor knows of.
 */
export type AuditCheck = {
  nLines: number;
  brokenAt: number | null;
  anchor: { seq: number; at: string } | null;
  nCut: number;
};
