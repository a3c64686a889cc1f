import type { Area, Bbox, LngLat } from '../model/geo';
import type { Cells } from './cells';
import { isInRing, type Metres, type Plane, ringArea } from './plane';

type Step = { from: number; to: number; line: Metres[] };

const closeRings = (steps: Step[]): Metres[][] => {
  const byStart = new Map<number, Step[]>();
  for (const step of steps) {
    const list = byStart.get(step.from);
    if (list) list.push(step);
    else byStart.set(step.from, [step]);
  }
  const rings: Metres[][] = [];
  for (const first of steps) {
    const list = byStart.get(first.from);
    if (!list?.includes(first)) continue;
    const ring: Metres[] = [];
    let step: Step | undefined = first;
    while (step) {
      const here: Step[] | undefined = byStart.get(step.from);
      here?.splice(here.indexOf(step), 1);
      ring.push(...step.line.slice(0, -1));
      step = step.to === first.from ? undefined : byStart.get(step.to)?.[0];
    }
    if (ring.length > 2) rings.push(ring);
  }
  return rings;
};

/** Polygons of metres: outer ring counter-clockwise, then its holes; rings open. */
export type Shape = Metres[][][];

const nestRings = (rings: Metres[][]): Shape => {
  const outers = rings.filter((ring) => ringArea(ring) > 0).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => ringArea(ring) < 0)) {
    const [x, y] = hole[0] ?? [0, 0];
    const [nx, ny] = hole[1] ?? [0, 0];
    const home = outers.find(([outer]) => outer && isInRing((x + nx) / 2, (y + ny) / 2, outer)) ?? outers[0];
    home?.push(hole);
  }
  return outers.sort((a, b) => ringArea(b[0] ?? []) - ringArea(a[0] ?? []));
};

/** Outlines of groups of cells; a cell of group -1 belongs to none. Shared borders are the same points. */
export const outlineGroups = (cells: Cells, groupOf: (cell: number) => number): Map<number, Shape> => {
  const stepsOf = new Map<number, Step[]>();
  const put = (group: number, step: Step) => {
    if (group < 0) return;
    const list = stepsOf.get(group);
    if (list) list.push(step);
    else stepsOf.set(group, [step]);
  };
  for (const { left, right, from, to, line } of cells.edges) {
    const [a, b] = [groupOf(left), groupOf(right)];
    if (a === b) continue;
    put(a, { from, to, line });
    if (b >= 0) put(b, { from: to, to: from, line: [...line].reverse() });
  }
  return new Map([...stepsOf].map(([group, steps]) => [group, nestRings(closeRings(steps))]));
};

export const shapeArea = (shape: Shape): number =>
  shape.reduce((sum, rings) => sum + rings.reduce((part, ring) => part + ringArea(ring), 0), 0);

/** Shape in degrees, rings closed. */
export const toArea = (shape: Shape, plane: Plane, decimals = 6): Area => {
  const polygons = shape.map((rings) =>
    rings.map((ring) => {
      const out: LngLat[] = [];
      for (const [x, y] of ring) {
        const at = plane.toDegrees(x, y, decimals);
        const last = out[out.length - 1];
        if (!last || last[0] !== at[0] || last[1] !== at[1]) out.push(at);
      }
      const first = out[0];
      if (first) out.push([first[0], first[1]]);
      return out;
    }),
  );
  const [only] = polygons;
  return polygons.length === 1 && only
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: polygons };
};

export const bboxOf = (area: Area): Bbox => {
  const box: Bbox = [180, 90, -180, -90];
  for (const polygon of area.type === 'Polygon' ? [area.coordinates] : area.coordinates) {
    for (const [lng, lat] of polygon[0] ?? []) {
      box[0] = Math.min(box[0], lng);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lng);
      box[3] = Math.max(box[3], lat);
    }
  }
  return box;
};
