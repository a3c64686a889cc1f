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
  /** Labels on the stage. */
  labels: readonly Box[];
  /** Legends, panels and seams: to cover one of them is worse than to cover any number of labels or marks. */
  panels: readonly Box[];
  /** Marks with words of their own, which no leader may cross where another way is open. */
  marks: readonly Box[];
};

/** A line from the call-out to the ring: straight, or with one bend. */
export type Leader = readonly Point[];
/** Where the call-out stands, and its leader. */
export type Placed = Point & { leader: Leader };

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

type Stretch = { from: Point; to: Point };

const stretchesOf = (leader: Leader): Stretch[] => leader.slice(1).map((to, i) => ({ from: leader[i] ?? to, to }));

const stretchBeneath = ({ from, to }: Stretch, boxes: readonly Box[]): Stretch[] => {
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

/** A line as it is seen below boxes: what is left of it beside them. */
export const beneath = (leader: Leader, boxes: readonly Box[]): Stretch[] =>
  stretchesOf(leader).flatMap((stretch) => stretchBeneath(stretch, boxes));

/** What it costs to cover a panel, or a label or mark, and what it costs a leader to cross a mark or a label, px of its length. */
const crossing = { panel: 1e10, covered: 1e7, mark: 1e5, label: 1e4 };

/** Where a leader may leave the box, shares of its sides: the side that faces the mark, above and below too. */
const ends = [0.5, 0.15, 0.85];

const endsOf = ({ anchor, box }: Placing, at: Point): Point[] => {
  const x = at.x > anchor.x ? at.x : at.x + box.width;
  const y = at.y > anchor.y ? at.y : at.y + box.height;
  const isAside = at.y < anchor.y && anchor.y < at.y + box.height;
  return [
    ...ends.map((share) => ({ x, y: at.y + box.height * share })),
    ...(isAside ? [] : ends.map((share) => ({ x: at.x + box.width * share, y }))),
  ];
};

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Where a line from a point to the mark meets the ring. */
const ringAt = ({ anchor, radius }: Placing, from: Point): Point => {
  const share = radius / (distance(from, anchor) || 1);
  return { x: anchor.x + (from.x - anchor.x) * share, y: anchor.y + (from.y - anchor.y) * share };
};

const nCrossed = (stretch: Stretch, boxes: readonly Box[]): number =>
  boxes.filter((box) => within(stretch.from, stretch.to, box) !== null).length;

const stretchCost = ({ labels, panels, marks }: Placing, stretch: Stretch): number =>
  nCrossed(stretch, marks) * crossing.mark +
  nCrossed(stretch, [...labels, ...panels]) * crossing.label +
  distance(stretch.from, stretch.to);

const costOf = (placing: Placing, leader: Leader): number =>
  stretchesOf(leader).reduce((sum, stretch) => sum + stretchCost(placing, stretch), 0);

type Costly = Placed & { cost: number };
const cheaper = (best: Costly, one: Costly): Costly => (one.cost < best.cost ? one : best);

/** The cheapest straight leader to a place of the box, dearer by all that the box covers there. */
const leadTo = (placing: Placing, at: Point): Costly => {
  const { anchor, box, labels, panels, marks, radius } = placing;
  const own = { ...at, ...box };
  const ring = { x: anchor.x - radius, y: anchor.y - radius, width: radius * 2, height: radius * 2 };
  const nCovered = (boxes: readonly Box[]) => boxes.filter((one) => overlaps(own, one)).length;
  const covered = nCovered(panels) * crossing.panel + nCovered([...labels, ...marks, ring]) * crossing.covered;
  const straight = endsOf(placing, at).map((from) => [from, ringAt(placing, from)]);
  // beside what it covers the way of the leader is no matter
  const leaders = covered > 0 ? straight.slice(0, 1) : straight;
  return leaders
    .map((leader) => ({ ...at, leader, cost: covered + costOf(placing, leader) }))
    .reduce<Costly>(cheaper, { ...at, leader: [], cost: Number.POSITIVE_INFINITY });
};

/** Places tried across and down the stage for the box, and for a bend. */
const steps = { across: 20, down: 18, bends: 32 };

const spread = (from: number, to: number, n: number): number[] =>
  Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n);

const byCost = (a: { cost: number }, b: { cost: number }): number => a.cost - b.cost;

/** The cheapest leader with a bend to one of the places of the box, if it is cheaper than the best that is straight. */
const bentTo = (placing: Placing, places: readonly Costly[], straight: Costly): Costly => {
  const { stage, margin, anchor, radius } = placing;
  const bends = spread(margin, stage.width - margin, steps.bends)
    .flatMap((x) => spread(margin, stage.height - margin, steps.bends).map((y): Point => ({ x, y })))
    .filter((bend) => distance(bend, anchor) > radius)
    .map((bend) => ({ bend, cost: stretchCost(placing, { from: bend, to: ringAt(placing, bend) }) }))
    .filter(({ cost }) => cost < straight.cost)
    .sort(byCost);
  let best = straight;
  for (const place of places)
    for (const from of endsOf(placing, place))
      for (const { bend, cost } of bends) {
        // those that follow are no cheaper
        if (cost >= best.cost) break;
        // what is left is its length at least
        if (cost + distance(from, bend) >= best.cost) continue;
        const whole = cost + stretchCost(placing, { from, to: bend });
        if (whole < best.cost) best = { ...place, leader: [from, bend, ringAt(placing, bend)], cost: whole };
      }
  return best;
};

/**
 * The place that covers nothing, whose leader crosses as few marks and labels as can be and is short. The leader bends
 * where none that is straight passes by them all.
 */
export const placeCallout = (placing: Placing): Placed => {
  const { box, stage, margin } = placing;
  const xs = spread(margin, Math.max(margin, stage.width - margin - box.width), steps.across);
  const ys = spread(margin, Math.max(margin, stage.height - margin - box.height), steps.down);
  const places = xs.flatMap((x) => ys.map((y) => leadTo(placing, { x, y }))).sort(byCost);
  const free = places.filter(({ cost }) => cost < crossing.covered);
  const [straight] = places as [Costly, ...Costly[]];
  const { x, y, leader } = straight.cost < crossing.label ? straight : bentTo(placing, free, straight);
  return { x, y, leader };
};
