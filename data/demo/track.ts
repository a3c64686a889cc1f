import { positionMinutes, positionTypes } from '../model/workforce';
import type { Divided } from './division';
import { isInRing } from './plane';
import { type Random, randomFor } from './random';
import { dutyRows, type Worker, type Workforce } from './workforce';

const minute = 60_000;
const keptDays = 3;

type Beat = { cells: number[]; own: Set<number> };

/** Cells each place is walked over: streets where it has any, the open ground else. */
const beatsOf = ({ land, grids, gridOf }: Divided): ((worker: Worker) => Beat) => {
  const known = new Map<string, Beat>();
  const { sites } = land.cells;
  const codeOf = (cell: number) => grids[gridOf[cell] ?? -1]?.code ?? '';
  const all = [...sites.keys()].filter((cell) => (gridOf[cell] ?? -1) >= 0);
  return ({ grid, community, subdistrict }) => {
    const code = grid ?? community ?? subdistrict ?? '';
    const beat = known.get(code);
    if (beat) return beat;
    const inside = all.filter((cell) => codeOf(cell).startsWith(code));
    const settled = inside.filter((cell) => (sites[cell]?.settlement ?? -1) >= 0);
    const cells = settled.length > 0 ? settled : inside;
    const made = { cells, own: new Set(cells) };
    known.set(code, made);
    return made;
  };
};

/** A stop at the edge of a cell, where its street runs. */
const stopIn = ({ land }: Divided, cell: number, random: Random): [number, number] => {
  const site = land.cells.sites[cell] ?? { x: 0, y: 0 };
  const ring = land.shapeOf.get(cell)?.[0]?.[0] ?? [];
  const [px, py] = ring[random.whole(0, Math.max(0, ring.length - 1))] ?? [site.x, site.y];
  const [x, y] = [site.x + (px - site.x) * 0.92, site.y + (py - site.y) * 0.92];
  return land.plane.toDegrees(...(isInRing(x, y, ring) ? ([x, y] as const) : ([site.x, site.y] as const)));
};

/** The next cell of a round: often the same block once more, else one beside it, now and then anywhere on the beat. */
const stepFrom = ({ land }: Divided, { cells, own }: Beat, cell: number, random: Random): number => {
  const beside = (land.cells.neighboursOf[cell] ?? []).filter((other) => own.has(other));
  const chance = random.next();
  if (chance < 0.3) return cell;
  return random.pick(chance < 0.93 && beside.length > 0 ? beside : cells);
};

/** Positions of the last three days of duty, one about every ten minutes from signing in to signing out. */
export function* positionRows(divided: Divided, workforce: Workforce, at: Date): Generator<unknown[]> {
  const random = randomFor(`${divided.land.size}:tracks`);
  const reports: readonly string[] = positionTypes;
  const workers = new Map(workforce.workers.flatMap((w) => (reports.includes(w.type) ? [[w.id, w] as const] : [])));
  const beatOf = beatsOf(divided);
  const since = at.getTime() - keptDays * 24 * 60 * minute;
  for (const [id, startsAt, endsAt, signedIn, signedOut] of dutyRows(workforce, divided.land.size, at)) {
    const worker = workers.get(id as string);
    if (!worker || !(signedIn instanceof Date) || (startsAt as Date).getTime() < since) continue;
    const beat = beatOf(worker);
    const until = Math.min(((signedOut ?? endsAt) as Date).getTime(), (endsAt as Date).getTime(), at.getTime());
    if (beat.cells.length === 0) continue;
    let cell = random.pick(beat.cells);
    for (let time = Math.max(signedIn.getTime(), (startsAt as Date).getTime()); time < until; ) {
      const grid = divided.grids[divided.gridOf[cell] ?? 0]?.code ?? '';
      yield [id, new Date(time), ...stopIn(divided, cell, random), grid.slice(0, 9), grid.slice(0, 12), grid];
      cell = stepFrom(divided, beat, cell, random);
      time += positionMinutes * minute + random.whole(-40, 40) * 1000;
    }
  }
}
