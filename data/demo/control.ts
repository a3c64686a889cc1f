import { type ControlLevel, type ControlState, type ControlStep, controlMoves, controlRoles } from '../model/control';
import { day, hour, localOf, minute } from './calendar';
import { type Random, randomFor, uuidOf } from './random';
import type { Scene } from './scene';
import words from './world/control.json';

type Move = { division: string; step: ControlStep; at: number; by: Part; note: string; reason: string };
type Part = {
  division: string;
  level: ControlLevel;
  path: string;
  parent: Part | null;
  duty: string;
  passedAt: number;
  /** Parts it passes on to, should it come so far. */
  children: Part[];
};
type Ticket = {
  id: string;
  index: number;
  kind: (typeof words.kinds)[number];
  level: number;
  place: string;
  top: Part;
  pushedAt: number;
  dueAt: number;
  moves: Move[];
};

const total = 54;
/** Days for feedback, by level. */
const dueDays = [2, 4, 7, 10];
/** Days back to the oldest; the newer the more. */
const days = 40;

const signMs = (level: number): number => (words.signHours[level - 1] ?? 24) * hour;

/** The divisions it runs over: from its origin down to one to four communities. */
const drawTree = ({ divided }: Scene, random: Random): { top: Part; place: string } => {
  const codes = divided.land.world.communities.map(({ code }) => code);
  const chosen = random.shuffle(codes).slice(0, Math.min(codes.length, random.pick([1, 1, 2, 2, 3, 4])));
  const part = (division: string, level: ControlLevel, parent: Part | null): Part => {
    const path = `${parent?.path ?? (level === 'city' ? '/44/' : level === 'district' ? '/44/4403/' : '/')}${division}/`;
    const made = { division, level, path, parent, duty: random.pick(words.duties[level]), passedAt: 0, children: [] };
    parent?.children.push(made);
    return made;
  };
  const origin = random.weighted([35, 45, 20]);
  const province = origin === 0 ? part('44', 'province', null) : null;
  const city = origin < 2 ? part('4403', 'city', province) : null;
  const district = part('DP', 'district', city);
  const subdistricts = [...new Set(chosen.map((code) => code.slice(0, 9)))].sort();
  for (const code of subdistricts) {
    const own = part(code, 'subdistrict', district);
    for (const community of chosen.filter((each) => each.startsWith(code)).sort()) part(community, 'community', own);
  }
  const place = chosen.length === 1 ? chosen[0] : subdistricts.length === 1 ? subdistricts[0] : 'DP';
  return { top: province ?? city ?? district, place: place ?? 'DP' };
};

type Step = Pick<Move, 'step' | 'at'> & Partial<Move>;

const append = ({ moves }: Ticket, part: Part, { by = part, note = '', reason = '', ...move }: Step): number => {
  moves.push({ division: part.division, ...move, by, note, reason });
  return move.at;
};

const feedbackOf = ({ level }: Part, random: Random): string =>
  random.pick(words.feedback[level === 'province' ? 'city' : level]);

/** Passes a part on and waits for the reports of those below; tells when its own is due, and why it came before theirs. */
const runBelow = (ticket: Ticket, part: Part, at: number, random: Random): { at: number; reason: string } => {
  if (part.parent) append(ticket, part, { step: 'pass', at, note: random.pick(words.passes) });
  const reports = part.children.map((child) => {
    child.passedAt = at;
    append(ticket, child, { step: 'push', at, by: part });
    return runPart(ticket, child, random);
  });
  const [first] = part.children;
  const last = Math.max(...reports);
  if (part.level === 'subdistrict' && first && random.has(0.2)) {
    append(ticket, first, {
      ...{ step: 'return', at: last + random.between(1, 8) * hour },
      ...{ by: part, note: random.pick(words.returns) },
    });
    const againAt = last + random.between(12, 30) * hour;
    append(ticket, first, { step: 'report', at: againAt, note: feedbackOf(first, random) });
    return { at: againAt + random.between(0.5, 5) * hour, reason: '' };
  }
  const early = Math.max(Math.min(...reports), last - 6 * hour) + minute;
  if (part.parent && part.level === 'district' && early < last && random.has(0.25))
    return { at: early, reason: random.pick(words.reasons) };
  return { at: last + random.between(0.5, 6) * hour, reason: '' };
};

/** Keeps a part; tells when its report is due. */
const runKept = (ticket: Ticket, part: Part, at: number, share: number): { at: number; reason: string } => {
  part.children = [];
  append(ticket, part, { step: 'keep', at });
  return { at: at + Math.max(6 * hour, ticket.dueAt - at) * share, reason: '' };
};

/** Runs a part from the instant it was passed on to its report; returns when that was made. */
const runPart = (ticket: Ticket, part: Part, random: Random): number => {
  const isSlow = random.has(0.16);
  let at = part.passedAt;
  if (part.parent) {
    at += signMs(ticket.level) * (isSlow ? random.between(0.85, 2.4) : random.between(0.08, 0.6));
    at = append(ticket, part, { step: 'sign', at }) + random.between(0.2, 5) * hour;
  }
  const isKept = part.children.length === 0 || (part.level === 'subdistrict' && random.has(0.12));
  const report = isKept
    ? runKept(ticket, part, at, isSlow ? random.between(0.9, 1.25) : random.between(0.15, 0.6))
    : runBelow(ticket, part, at, random);
  if (part.parent) append(ticket, part, { step: 'report', note: feedbackOf(part, random), ...report });
  return report.at;
};

const tellTicket = (scene: Scene, index: number, random: Random): Ticket => {
  const end = scene.at.getTime();
  const { top, place } = drawTree(scene, random);
  const pushedAt = end - (0.02 + random.next() ** 2.4 * days) * day;
  const level = random.weighted([6, 24, 42, 28]) + 1;
  const dueAt = pushedAt + (dueDays[level - 1] ?? 10) * day;
  const kind = words.kinds[index % words.kinds.length] ?? random.pick(words.kinds);
  const ticket: Ticket = { id: uuidOf(random), index, kind, level, place, top, pushedAt, dueAt, moves: [] };
  top.passedAt = pushedAt;
  ticket.moves.push({ division: top.division, step: 'push', at: pushedAt, by: top, note: '', reason: '' });
  const reportedAt = runPart(ticket, top, random);
  const closesAt = Math.max(reportedAt, ...ticket.moves.map(({ at }) => at)) + random.between(3, 40) * hour;
  ticket.moves.push({
    ...{ division: top.division, step: 'close', at: closesAt, by: top, note: random.pick(words.closes), reason: '' },
  });
  ticket.moves = ticket.moves.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
  return ticket;
};

const partsOf = (part: Part): Part[] => [part, ...part.children.flatMap(partsOf)];

/** State and version after each move of the ticket, in order. */
const followMoves = ({ moves, top }: Ticket) => {
  const now = new Map<string, { state: ControlState; version: number }>();
  return {
    now,
    rows: moves.map((move) => {
      const before = now.get(move.division);
      const first = move.division === top.division ? 'passed' : 'waiting';
      const state = before ? (controlMoves[before.state][move.step]?.to ?? before.state) : first;
      const after = { state, version: (before?.version ?? 0) + 1 };
      now.set(move.division, after);
      return { ...move, ...after };
    }),
  };
};

export const controlTableNames = ['control', 'control_part', 'control_move'] as const;

const ticketRow = ({ id, index, kind, level, place, top, pushedAt, dueAt, moves }: Ticket): unknown[] => {
  const closed = moves.find(({ step }) => step === 'close');
  const number = `L${localOf(pushedAt).date.replaceAll('-', '')}-${String(index + 1).padStart(4, '0')}`;
  return [
    ...[id, number, kind.source, level, kind.title, kind.evidence, place, kind.address, top.division],
    ...[new Date(pushedAt), new Date(dueAt), closed ? new Date(closed.at) : null, `demo-${number}`],
  ];
};

/** Rows of the three tables of joint-control tickets, from one telling. */
export const controlTables = (scene: Scene) => {
  const random = randomFor(`${scene.divided.land.size}:controls`);
  const tickets = Array.from({ length: total }, (_, index) => tellTicket(scene, index, random));
  const rows: Record<(typeof controlTableNames)[number], unknown[][]> = {
    control: [],
    control_part: [],
    control_move: [],
  };
  for (const ticket of tickets) {
    const { now, rows: moves } = followMoves(ticket);
    rows.control.push(ticketRow(ticket));
    for (const part of partsOf(ticket.top)) {
      const stood = now.get(part.division);
      if (!stood) continue;
      const signDue = part.passedAt + (part.parent ? signMs(ticket.level) : 0);
      rows.control_part.push([
        ...[ticket.id, part.division, part.level, part.path, part.parent?.division ?? null, part.duty],
        ...[new Date(part.passedAt), new Date(signDue), new Date(ticket.dueAt), stood.state, stood.version],
      ]);
    }
    for (const [i, { division, version, step, state, at, by, note, reason }] of moves.entries()) {
      const isAbove = by.level === 'province' || by.level === 'city';
      const role = isAbove ? 'partner' : controlRoles[by.level];
      rows.control_move.push([
        ...[ticket.id, i + 1, division, version, step, state, new Date(at)],
        ...[isAbove ? 'push:demo' : `${role}:${by.division}`, role, by.division, note, reason],
      ]);
    }
  }
  return rows;
};
