import type { Cells } from './cells';
import { Nearby } from './nearby';
import { fractalOf, type Metres, nearestOnSegment, type Plane, resample, smooth } from './plane';
import type { Random } from './random';
import type { World } from './world';
import names from './world/name.json';

type Road = { name: string; en: string; rank: number; line: Metres[] };
/** A street of a settlement: the run of block borders along one line of its lattice. */
export type Street = { name: string; en: string; rank: number; settlement: number; edges: number[] };
export type Roads = {
  main: Road[];
  streets: Street[];
  /** Street each border carries; -1 = none. */
  streetOfEdge: Int32Array;
  /** Metres of half-width that a main road keeps free around a place, 0 when clear. */
  isClear: (x: number, y: number, radius: number) => boolean;
};

const mainRoads = (world: World, plane: Plane): Road[] => {
  const noise = fractalOf(21, 700);
  return world.roads.map(({ name, en, rank, line }) => {
    const curve = resample(smooth(line.map(plane.toMetres), 8), 45);
    const sway = rank === 1 ? 14 : 30;
    const last = curve.length - 1;
    return {
      name,
      en,
      rank,
      line: curve.map(([x, y], i): Metres => {
        const ease = Math.min(1, Math.min(i, last - i) / 6);
        return [x + noise(x, y) * sway * ease, y + noise(y + 7000, x) * sway * ease];
      }),
    };
  });
};

const numerals = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** Chinese numeral up to 99 as on street plates. */
export const numeral = (n: number): string =>
  n <= 10 ? (numerals[n] ?? '') : `${n >= 20 ? numerals[Math.floor(n / 10)] : ''}十${numerals[n % 10]}`;

type Line = { settlement: number; isRow: boolean; at: number; edges: number[] };

const latticeLines = (cells: Cells): Line[] => {
  const lines = new Map<string, Line>();
  cells.edges.forEach((edge, i) => {
    const [a, b] = [cells.sites[edge.left], cells.sites[edge.right]];
    if (!a || !b || a.settlement < 0 || a.settlement !== b.settlement) return;
    const isRow = a.row !== b.row && a.column === b.column;
    if (!isRow && a.column === b.column) return;
    if (!isRow && a.row !== b.row) return;
    const at = isRow ? Math.min(a.row, b.row) : Math.min(a.column, b.column);
    const key = `${a.settlement}|${isRow}|${at}`;
    const line = lines.get(key);
    if (line) line.edges.push(i);
    else lines.set(key, { settlement: a.settlement, isRow, at, edges: [i] });
  });
  return [...lines.values()].sort(
    (a, b) => a.settlement - b.settlement || Number(a.isRow) - Number(b.isRow) || a.at - b.at,
  );
};

const nameStreets = (lines: Line[], world: World, random: Random): Street[] => {
  const stems = new Map<number, string[][]>();
  const lanes = new Map<number, number>();
  let [stem, sub] = [['', ''] as string[], 0];
  return lines.map(({ settlement, isRow, at, edges }) => {
    const plan = world.settlements[settlement];
    const isTown = plan?.kind === 'town' || plan?.kind === 'compound' || plan?.kind === 'industry';
    const base = { settlement, edges };
    if (!isTown) {
      const n = (lanes.get(settlement) ?? 0) + 1;
      lanes.set(settlement, n);
      return { ...base, name: `${plan?.name}${numeral(n)}巷`, en: `${plan?.en} Lane ${n}`, rank: 5 };
    }
    const pool = stems.get(settlement) ?? random.shuffle(names.streets);
    stems.set(settlement, pool);
    if (((at % 3) + 3) % 3 === 0 || sub === 0) {
      stem = pool.pop() ?? [plan?.name ?? '', plan?.en ?? ''];
      sub = 1;
      const word = isRow ? ['路', 'Road'] : ['街', 'Street'];
      return { ...base, name: `${stem[0]}${word[0]}`, en: `${stem[1]} ${word[1]}`, rank: isRow ? 3 : 4 };
    }
    const n = sub++;
    return { ...base, name: `${stem[0]}${isRow ? '路' : '街'}${numeral(n)}巷`, en: `${stem[1]} Lane ${n}`, rank: 5 };
  });
};

/** Main roads as drawn, streets along the blocks of settlements. */
export const drawRoads = (world: World, plane: Plane, cells: Cells, random: Random): Roads => {
  const main = mainRoads(world, plane);
  const streets = nameStreets(latticeLines(cells), world, random);
  const streetOfEdge = new Int32Array(cells.edges.length).fill(-1);
  streets.forEach((street, i) => {
    for (const edge of street.edges) streetOfEdge[edge] = i;
  });
  const near = new Nearby<{ a: Metres; b: Metres; half: number }>(60);
  for (const { line, rank } of main) {
    for (let i = 0; i + 1 < line.length; i++) {
      const [a, b] = [line[i], line[i + 1]];
      if (a && b) near.add((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, { a, b, half: rank === 1 ? 17 : rank === 2 ? 11 : 8 });
    }
  }
  const isClear = (x: number, y: number, radius: number): boolean => {
    for (const { item } of near.within(x, y, radius + 60))
      if (nearestOnSegment(x, y, item.a, item.b).distance < radius + item.half) return false;
    return true;
  };
  return { main, streets, streetOfEdge, isClear };
};
