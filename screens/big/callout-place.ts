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
  /** Marks with words of their own, which no leader may cross where another way is open. */
  marks: readonly Box[];
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

type Leader = { from: Point; to: Point };

/** Where a leader may leave the box, shares of its sides: the side that faces the mark, above and below too. */
const ends = [0.5, 0.15, 0.85];

const leadersOf = ({ anchor, radius, box }: Placing, at: Point): Leader[] => {
  const x = at.x > anchor.x ? at.x : at.x + box.width;
  const y = at.y > anchor.y ? at.y : at.y + box.height;
  const isAside = at.y < anchor.y && anchor.y < at.y + box.height;
  return [
    ...ends.map((share) => ({ x, y: at.y + box.height * share })),
    ...(isAside ? [] : ends.map((share) => ({ x: at.x + box.width * share, y }))),
  ].map((from) => {
    const length = Math.hypot(from.x - anchor.x, from.y - anchor.y) || 1;
    const [right, down] = [(from.x - anchor.x) / length, (from.y - anchor.y) / length];
    return { from, to: { x: anchor.x + right * radius, y: anchor.y + down * radius } };
  });
};

const nCrossed = ({ from, to }: Leader, boxes: readonly Box[]): number =>
  boxes.filter((box) => within(from, to, box) !== null).length;

const costOf = ({ obstacles, marks }: Placing, leader: Leader): number =>
  nCrossed(leader, marks) * 1e5 +
  nCrossed(leader, obstacles) * 1e4 +
  Math.hypot(leader.from.x - leader.to.x, leader.from.y - leader.to.y);

type Costly = Placed & { cost: number };
const cheaper = (best: Costly, one: Costly): Costly => (one.cost < best.cost ? one : best);

/** The cheapest leader to a place of the box, dearer by all that the box covers there. */
const leadTo = (placing: Placing, at: Point): Costly => {
  const { anchor, box, obstacles, marks, radius } = placing;
  const own = { ...at, ...box };
  const ring = { x: anchor.x - radius, y: anchor.y - radius, width: radius * 2, height: radius * 2 };
  const nCovered = [...obstacles, ...marks, ring].filter((obstacle) => overlaps(own, obstacle)).length;
  const base = { ...at, cost: nCovered * 1e7 };
  // beside what it covers the way of the leader is no matter
  const leaders = nCovered > 0 ? leadersOf(placing, at).slice(0, 1) : leadersOf(placing, at);
  return leaders.map((leader) => ({ ...base, ...leader, cost: base.cost + costOf(placing, leader) })).reduce(cheaper);
};

/** Places tried across and down the stage. */
const steps = { across: 20, down: 18 };

const spread = (from: number, to: number, n: number): number[] =>
  Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n);

/** The place that covers nothing, whose leader crosses as few marks and labels as can be and is short. */
export const placeCallout = (placing: Placing): Placed => {
  const { box, stage, margin } = placing;
  const xs = spread(margin, Math.max(margin, stage.width - margin - box.width), steps.across);
  const ys = spread(margin, Math.max(margin, stage.height - margin - box.height), steps.down);
  const { x, y, from, to } = xs.flatMap((x) => ys.map((y) => leadTo(placing, { x, y }))).reduce(cheaper);
  return { x, y, from, to };
};
