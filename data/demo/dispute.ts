import type { DisputeRecordKind, DisputeStatus, PartySide } from '../model/dispute';
import { day, hour, localOf, midnightOf, minute, workdaysAfter } from './calendar';
import { type Random, randomFor, uuidOf } from './random';
import type { Scene } from './scene';
import { placementOf, type Spot, type Where } from './spot';
import kinds from './world/dispute.json';
import names from './world/name.json';

type Kind = (typeof kinds.kinds)[number];
type Move = { to: DisputeStatus; at: number; role: string; lead: string | null; assist: string; note: string };
type Line = {
  kind: DisputeRecordKind;
  at: number;
  role: string;
  department: string | null;
  text: string;
  isKept: boolean | null;
};
type Party = { side: PartySide; kind: 'person' | 'entity'; name: string; round: number };
type Round = {
  id: string;
  root: string;
  round: number;
  number: string;
  kind: Kind;
  spot: Spot;
  nPeople: number;
  title: string;
  text: string;
  /** Given where it was assessed, 1–5. */
  score: number;
  moves: Move[];
  lines: Line[];
};

/** A case of the demo: its rounds up to the demo's end, and who takes part. */
type Case = { rounds: Round[]; parties: Party[] };

const months = 24;
/** Cases for each event of the district. */
const share = 0.045;
/** Smallest numbers of people of the scales, the commonest first. */
const crowds = [
  { from: 2, to: 4, weight: 80 },
  { from: 5, to: 9, weight: 14 },
  { from: 10, to: 29, weight: 5 },
  { from: 30, to: 60, weight: 1 },
];
const scales = [1, 5, 10, 30, 100];

const partyOf = (side: PartySide, round: number, random: Random): Party => {
  const given = random.has(0.5) ? names.givenMale : names.givenFemale;
  const letter = (text: string) => random.pick([...text]);
  const isPerson = side !== 'respondent' || random.has(0.7);
  const name = isPerson ? letter(names.surnames) + letter(given) + letter(given) : random.pick(names.trades);
  return { side, kind: isPerson ? 'person' : 'entity', name, round };
};

/** Inside working hours at or after an instant. */
const atWork = (at: number, random: Random): number => {
  const { hour: at24 } = localOf(at);
  if (at24 >= 9 && at24 < 18) return at;
  const next = midnightOf(at) + (at24 < 9 ? 0 : day) + 9 * hour;
  return next + random.whole(0, 7 * 60) * minute;
};

/** A round as it would run to its end, cut off where the demo ends. */
const runRound = (kind: Kind, start: number, end: number, random: Random): Pick<Round, 'moves' | 'lines'> => {
  let at = start;
  const moves: Move[] = [{ to: 'discovered', at, role: 'R5', lead: null, assist: '', note: '' }];
  const lines: Line[] = [];
  let lead: string | null = null;
  const go = (to: DisputeStatus, hours: [number, number], role: string, note = '') => {
    at = atWork(at + random.between(...hours) * hour, random);
    moves.push({ to, at, role, lead, assist: '', note });
  };
  const write = (line: Omit<Line, 'at'>, hours: [number, number]) => {
    at = atWork(at + random.between(...hours) * hour, random);
    lines.push({ at, ...line });
  };
  go('registered', [0.5, 20], 'R4');
  lead = kind.department;
  go('distributed', [0.5, 30], 'R3');
  const assist = random.has(0.3) && lead !== 'SFJ' ? 'SFJ' : '';
  moves.splice(-1, 1, { ...(moves.at(-1) as Move), assist });
  if (random.has(0.5))
    write({ kind: 'reply', role: 'R6', department: lead, text: random.pick(kinds.replies), isKept: null }, [4, 40]);
  go('mediating', [2, 36], 'R4');
  for (let n = random.whole(1, 3); n > 0; n -= 1)
    write({ kind: 'session', role: 'R4', department: null, text: random.pick(kinds.sessions), isKept: null }, [6, 50]);
  const isSettled = random.has(0.86);
  if (isSettled)
    write(
      { kind: 'agreement', role: 'R4', department: null, text: random.pick(kinds.agreements), isKept: null },
      [1, 24],
    );
  go(isSettled ? 'settled' : 'referred', [0.5, 8], 'R4');
  write(
    { kind: 'follow_up', role: 'R4', department: null, text: random.pick(kinds.followUps), isKept: isSettled },
    [48, 160],
  );
  go('reviewed', [2, 60], 'R3');
  if (random.has(0.7)) go('assessed', [24, 200], 'R3');
  return { moves: moves.filter((move) => move.at <= end), lines: lines.filter((line) => line.at <= end) };
};

/** Tells every case, in order of its first report. */
const tellCases = ({ at, spots, divided }: Scene): Case[] => {
  const { size, world } = divided.land;
  const random = randomFor(`${size}:disputes`);
  const [end, total] = [at.getTime(), Math.round(world.counts.events * share)];
  const weights = kinds.kinds.map(({ weight }) => weight);
  const starts = Array.from({ length: total }, () => end - random.next() ** 1.1 * months * 30.4 * day).sort(
    (a, b) => a - b,
  );
  return starts.flatMap((start, index) => {
    const kind = kinds.kinds[random.weighted(weights)];
    if (!kind) return [];
    const spot = spots.draw(kind.where as Where, random);
    const crowd = crowds[random.weighted(crowds.map(({ weight }) => weight))];
    const nPeople = random.whole(crowd?.from ?? 2, crowd?.to ?? 4);
    const parties: Party[] = [partyOf('applicant', 1, random), partyOf('respondent', 1, random)];
    const rounds: Round[] = [];
    let next = atWork(start, random);
    for (let round = 1; round <= 3 && next <= end; round += 1) {
      const id = uuidOf(random);
      const run = runRound(kind, next, end, random);
      const number = `J${localOf(next).date.replaceAll('-', '')}-${String(index + 1).padStart(7, '0')}${round}`;
      const text = random.pick(round === 1 ? kinds.reports : kinds.breaks);
      const score = random.whole(3, 5);
      rounds.push({
        score,
        id,
        root: rounds[0]?.id ?? id,
        round,
        number,
        kind,
        spot,
        nPeople,
        title: kind.zh,
        text,
        ...run,
      });
      const ended = run.moves.find(({ to }) => to === 'reviewed');
      if (!ended || !random.has(0.09)) break;
      if (random.has(0.5)) parties.push(partyOf('third', round + 1, random));
      next = atWork(ended.at + random.between(10, 90) * day, random);
    }
    return rounds.length > 0 ? [{ rounds, parties: parties.filter((party) => party.round <= rounds.length) }] : [];
  });
};

const atOf = (moves: readonly Move[], to: DisputeStatus): number | null =>
  moves.find((move) => move.to === to)?.at ?? null;
const dateOr = (at: number | null): Date | null => (at === null ? null : new Date(at));

const roundRow = ({ divided }: Scene, round: Round): unknown[] => {
  const { moves, kind, nPeople, spot } = round;
  const last = moves.at(-1);
  const registered = atOf(moves, 'registered');
  const settled = atOf(moves, 'settled') ?? atOf(moves, 'referred');
  const isSettled = atOf(moves, 'settled') !== null;
  return [
    round.id,
    moves.length,
    round.number,
    round.root,
    round.round,
    round.title,
    round.text,
    kind.code,
    kind.l1,
    String(scales.filter((from) => from <= nPeople).length),
    nPeople,
    last?.to,
    dateOr(last?.at ?? null),
    '',
    ...placementOf(divided, spot),
    dateOr(moves[0]?.at ?? null),
    dateOr(registered),
    registered === null || kind.days === 0 ? null : new Date(workdaysAfter(registered, kind.days)),
    dateOr(settled),
    dateOr(atOf(moves, 'reviewed')),
    last?.lead ?? null,
    settled === null ? null : isSettled ? '1' : '7',
    atOf(moves, 'assessed') === null ? null : round.score,
    `demo-${round.number}`,
  ];
};

const actorOf = (role: string, grid: unknown): string => (role === 'R3' ? 'R3:demo' : `${role}:${String(grid)}`);

export const disputeTableNames = ['dispute', 'dispute_move', 'dispute_party', 'dispute_record'] as const;

/** Rows of the four tables of disputes, from one telling. */
export const disputeTables = (scene: Scene) => {
  const cases = tellCases(scene);
  const rounds = cases.flatMap((one) => one.rounds);
  const gridOf = ({ spot }: Round) => placementOf(scene.divided, spot)[4];
  return {
    dispute: rounds.map((round) => roundRow(scene, round)),
    dispute_move: rounds.flatMap((round) =>
      round.moves.map(({ to, at, role, lead, assist, note }, i) => {
        const from = round.moves[i - 1]?.to ?? null;
        return [round.id, i + 1, from, to, new Date(at), actorOf(role, gridOf(round)), role, lead, assist, note];
      }),
    ),
    dispute_party: cases.flatMap(({ rounds: [first], parties }) =>
      parties.map(({ side, kind, name, round }, i) => [first?.id, i + 1, round, side, kind, name]),
    ),
    dispute_record: rounds.flatMap((round) =>
      round.lines.map(({ kind, at, role, department, text, isKept }, i) => [
        ...[round.id, kind, new Date(at), actorOf(role, gridOf(round)), role, department, text, isKept],
        `demo-${round.number}-${i}`,
      ]),
    ),
  };
};
