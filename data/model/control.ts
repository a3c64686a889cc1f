import { z } from 'zod';
import type { EventLevel } from './event';
import { plainText, type Refusal } from './intake';
import type { Role } from './scope';

/** Levels a joint-control ticket (风险联控工单) runs over, the highest first. */
export const controlLevels = ['province', 'city', 'district', 'subdistrict', 'community'] as const;
export type ControlLevel = (typeof controlLevels)[number];

/** The post that carries a ticket at each level. */
export const controlRoles: Record<ControlLevel, Role> = {
  province: 'R2',
  city: 'R2',
  district: 'R2',
  subdistrict: 'R3',
  community: 'R4',
};

/** Where a division stands with its part of a ticket. Code branches on them. */
export const controlStates = ['waiting', 'signed', 'passed', 'kept', 'reported', 'closed'] as const;
export type ControlState = (typeof controlStates)[number];

/** Steps: push 推送 · sign 签收 · pass 下派 · keep 自办 · report 反馈 · return 退回 · close 办结. */
export const controlSteps = ['push', 'sign', 'pass', 'keep', 'report', 'return', 'close'] as const;
export const ControlStep = z.enum(controlSteps);
export type ControlStep = z.infer<typeof ControlStep>;

/** Who makes a step: the division itself, itself with one above it, itself as the top, or the one above it. */
type Maker = 'own' | 'lower' | 'top' | 'above';

/** Steps there are by state: where each leads, and who makes it. */
export const controlMoves: Record<ControlState, Partial<Record<ControlStep, { to: ControlState; by: Maker }>>> = {
  waiting: { sign: { to: 'signed', by: 'own' } },
  signed: { pass: { to: 'passed', by: 'own' }, keep: { to: 'kept', by: 'own' } },
  passed: {
    report: { to: 'reported', by: 'lower' },
    close: { to: 'closed', by: 'top' },
    pass: { to: 'passed', by: 'own' },
  },
  kept: {
    report: { to: 'reported', by: 'lower' },
    close: { to: 'closed', by: 'top' },
    pass: { to: 'passed', by: 'own' },
  },
  reported: { return: { to: 'kept', by: 'above' } },
  closed: {},
};

/** Numbers that lead to a person: a mobile phone, an identity card. */
const personal = /(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)/;
const riskText = (least: number, most: number) =>
  plainText(most)
    .refine((text) => text.length >= least, 'words_missing' satisfies Refusal)
    .refine((text) => !personal.test(text), 'personal' satisfies Refusal);
const Code = z.string().regex(/^[\w-]{1,40}$/);
const Instant = z.iso.datetime({ offset: true });
const Duty = riskText(2, 300);

/** A division that is given a part, and its duty (本级职责). */
export const ControlDuty = z.strictObject({ division: Code, duty: Duty });
export type ControlDuty = z.infer<typeof ControlDuty>;

const risk = {
  /** List `control-source`. */
  source: Code,
  title: riskText(2, 120),
  /** What the source found (依据). */
  evidence: riskText(2, 2000),
  /** Division concerned, and where in it. */
  division: Code,
  address: riskText(0, 200).default(''),
  level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  /** By when feedback is due. */
  dueAt: Instant,
};

/** A risk a post pushes down to divisions right below its own; strict: a ticket has no field for a person. */
export const ControlPush = z.strictObject({
  ...risk,
  /** Chosen by the sender; a repeated send finds the same ticket. */
  clientKey: z.uuid(),
  duty: Duty,
  children: z.array(ControlDuty).min(1).max(40),
});
export type ControlPush = z.infer<typeof ControlPush>;

/** A risk an upper level's platform pushes (上级推送): the way from its own division down to the root here. */
export const PushRisk = z.strictObject({
  ...risk,
  id: z.string().regex(/^[\w.:-]{1,80}$/),
  chain: z.array(ControlDuty).min(2).max(3),
});
export type PushRisk = z.infer<typeof PushRisk>;

/** What an upper level's platform does with its own part of a risk it pushed. */
export const RiskMove = z.strictObject({
  id: z.string().max(80),
  division: Code,
  step: ControlStep.extract(['report', 'return', 'close']),
  note: riskText(2, 1000),
  reason: riskText(0, 300).default(''),
});
export type RiskMove = z.infer<typeof RiskMove>;

/** A step of a division's part; `version` is the one the actor saw. */
export const ControlMove = z.strictObject({
  id: z.uuid(),
  /** Whose part it is: a return moves that of the division below. */
  division: Code,
  version: z.number().int().min(1),
  step: ControlStep.exclude(['push']),
  note: riskText(0, 1000).default(''),
  /** Of a report while divisions below have not reported: why not. */
  reason: riskText(0, 300).default(''),
  /** Of a pass: divisions right below, with the duty of each. */
  children: z.array(ControlDuty).max(40).default([]),
});
export type ControlMove = z.infer<typeof ControlMove>;

/** A division's part of a ticket; times are ISO instants, null = not yet. */
export type ControlPart = {
  division: string;
  name: string;
  nameEn: string;
  level: ControlLevel;
  /** Who passed it on; null = the top, which pushed the risk. */
  parent: string | null;
  duty: string;
  version: number;
  state: ControlState;
  passedAt: string;
  signDueAt: string;
  signedAt: string | null;
  dueAt: string;
  reportedAt: string | null;
  /** Null = none, or not for the caller: that of a branch beside his own. */
  feedback: string | null;
  /** Why it reported before those below it. */
  reason: string | null;
};

/** What a post has to do with its part: sign, pass on or keep, report, close, wait for those below, nothing. */
export const controlTodos = ['sign', 'decide', 'report', 'close', 'wait', 'none'] as const;
export type ControlTodo = (typeof controlTodos)[number];

/** A ticket as the list of a post shows it. */
export type ControlRow = {
  id: string;
  number: string;
  source: string;
  title: string;
  division: string;
  divisionName: string;
  divisionNameEn: string;
  address: string;
  level: EventLevel;
  pushedAt: string;
  dueAt: string;
  closedAt: string | null;
  own: ControlPart;
  /** Parts of the divisions right below. */
  below: ControlPart[];
  todo: ControlTodo;
};

/** One step as the ticket's timeline tells it. */
export type ControlTold = {
  seq: number;
  at: string;
  step: ControlStep;
  /** Part that was moved. */
  division: string;
  name: string;
  nameEn: string;
  /** Division whose post made the step; that above when it was passed on or sent back. */
  actor: string;
  role: string;
  note: string;
  reason: string;
};

/** A ticket with its tree as far as the caller may see it. */
export type ControlTicket = ControlRow & {
  evidence: string;
  /** Parents before children. */
  parts: ControlPart[];
  steps: ControlTold[];
  /** Steps of the caller's own part; none in the past. */
  moves: ControlStep[];
  /** Divisions below whose report the caller may send back. */
  returnable: string[];
};
