export type Point = { x: number; y: number };
export type Box = { x: number; y: number; width: number; height: number };

export type Placing = {
  /** The mark called out. */
  anchor: Point;
  /** Radius of the ring round it. */
  radius: number;
  /** Size of the call-out. */
  box: { width: number; height: number };
  stage: { width: number; height: number };
  /** Room kept free along the edges of the stage. */
  margin: number;
  /** Labels and legends on the stage. */
  obstacles: readonly Box[];
};

/** Where the call-out stands, and the ends of its leader: at the box, at the ring. */
export type Placed = Point & { from: Point; to: Point };

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Shares of a straight line at which it enters and leaves a box; null = it passes by. */
const within = (from: Point, to: Point, { x, y, width, height }: Box): [number, number] | null => {
  let [enter, leave] = [0, 1];
  for (const [at, span, low, high] of [
    [from.x, to.x - from.x, x, x + width],
    [from.y, to.y - from.y, y, y + height],
  ] as const) {
    if (span === 0 && (at < low || at > high)) return null;
    if (span === 0) continue;
    const [a, b] = [(low - at) / span, (high - at) / span];
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter < leave ? [enter, leave] : null;
};

/** A straight line as it is seen below boxes: what is left of it beside them. */
export const beneath = (from: Point, to: Point, boxes: readonly Box[]): { from: Point; to: Point }[] => {
  const at = (share: number): Point => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
  const hidden = boxes.flatMap((box) => {
    const span = within(from, to, box);
    return span ? [span] : [];
  });
  let free: [number, number][] = [[0, 1]];
  for (const [enter, leave] of hidden)
    free = free.flatMap(([a, b]): [number, number][] =>
      [[a, Math.min(b, enter)] as [number, number], [Math.max(a, leave), b] as [number, number]].filter(
        ([start, end]) => end > start,
      ),
    );
  return free.map(([a, b]) => ({ from: at(a), to: at(b) }));
};

const leaderOf = ({ anchor, radius, box }: Placing, at: Point): { from: Point; to: Point } => {
  const isRight = at.x > anchor.x;
  const from = { x: isRight ? at.x : at.x + box.width, y: at.y + box.height / 2 };
  const length = Math.hypot(from.x - anchor.x, from.y - anchor.y) || 1;
  return {
    from,
    to: {
      x: anchor.x + ((from.x - anchor.x) / length) * radius,
      y: anchor.y + ((from.y - anchor.y) / length) * radius,
    },
  };
};

const costOf = (placing: Placing, at: Point): number => {
  const { anchor, box, obstacles, radius } = placing;
  const { from, to } = leaderOf(placing, at);
  const own = { ...at, ...box };
  const ring = { x: anchor.x - radius, y: anchor.y - radius, width: radius * 2, height: radius * 2 };
  const covered = [...obstacles, ring].filter((obstacle) => overlaps(own, obstacle)).length;
  if (covered > 0) return covered * 1e6 + Math.hypot(from.x - to.x, from.y - to.y);
  const crossed = obstacles.filter((obstacle) => within(from, to, obstacle) !== null).length;
  return crossed * 1e4 + Math.hypot(from.x - to.x, from.y - to.y);
};

/** Places tried across and down the stage. */
const steps = { across: 20, down: 18 };

const spread = (from: number, to: number, n: number): number[] =>
  Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n);

/** The place that covers nothing, whose leader crosses as few labels as can be and is short. */
export const placeCallout = (placing: Placing): Placed => {
  const { box, stage, margin } = placing;
  const xs = spread(margin, Math.max(margin, stage.width - margin - box.width), steps.across);
  const ys = spread(margin, Math.max(margin, stage.height - margin - box.height), steps.down);
  const all = xs.flatMap((x) => ys.map((y) => ({ x, y, cost: costOf(placing, { x, y }) })));
  const { x, y } = all.reduce((best, place) => (place.cost < best.cost ? place : best));
  return { x, y, ...leaderOf(placing, { x, y }) };
};
