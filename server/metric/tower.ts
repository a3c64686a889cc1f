/** People of one place and one combination of other codes; `chain` = codes of place, coarse to fine. */
export type Leaf = { chain: readonly string[]; codes: readonly string[]; n: number };

/** `coarse` covers the whole installation, `fine` the part asked about, deeper. Both chains begin alike. */
export type TowerInput = {
  coarse: readonly Leaf[];
  coarseDepth: number;
  fine: readonly Leaf[];
  fineDepth: number;
  nCodes: number;
  leastN: number;
};

type Node = { key: string; n: number; parent: string | null; marginals: string[] };

const split = '\u001f';

/** Name of a sum: the first codes of the chain, and the other codes that `mask` keeps. */
export const nodeKey = (leaf: Pick<Leaf, 'chain' | 'codes'>, level: number, mask: number): string =>
  [
    ...leaf.chain.slice(0, level),
    '\u001e',
    ...leaf.codes.map((code, bit) => (mask & (1 << bit) ? code : '\u001e')),
  ].join(split);

const bits = (mask: number): number[] => [0, 1, 2, 3].filter((bit) => mask & (1 << bit));

const nodesAt = (leaves: readonly Leaf[], level: number, mask: number): Node[] => {
  const nodes = new Map<string, Node>();
  for (const leaf of leaves) {
    const key = nodeKey(leaf, level, mask);
    const known = nodes.get(key);
    if (known) known.n += leaf.n;
    else
      nodes.set(key, {
        key,
        n: leaf.n,
        parent: level === 0 ? null : nodeKey(leaf, level - 1, mask),
        marginals: bits(mask).map((bit) => nodeKey(leaf, level, mask & ~(1 << bit))),
      });
  }
  return [...nodes.values()].filter(({ n }) => n > 0).sort((a, b) => a.n - b.n || (a.key < b.key ? -1 : 1));
};

/** Nodes, smallest first, that add up to one other sum each. */
const linesOf = (nodes: readonly Node[], sumOf: (node: Node) => string | undefined): Map<string, Node[]> => {
  const lines = new Map<string, Node[]>();
  for (const node of nodes) {
    const sum = sumOf(node);
    if (sum === undefined) continue;
    const line = lines.get(sum);
    if (line) line.push(node);
    else lines.set(sum, [node]);
  }
  return lines;
};

/**
 * Hides the smallest nodes of a line until what is hidden cannot be told from its sum; one is enough if that is hidden.
 * A node that is all of another shown sum (`isTold`) would be hidden in vain and is left.
 */
const hideMore = (
  sum: string,
  line: readonly Node[],
  { hidden, leastN, isTold }: { hidden: Set<string>; leastN: number; isTold: (node: Node) => boolean },
): void => {
  const isSumHidden = hidden.has(sum);
  const inLine = line.filter(({ key }) => hidden.has(key));
  if (inLine.length === 0 && !isSumHidden) return;
  let [count, people] = [inLine.length, inLine.reduce((total, { n }) => total + n, 0)];
  for (const node of line) {
    if (isSumHidden ? count >= 1 : count >= 2 && people >= leastN) return;
    if (hidden.has(node.key) || isTold(node)) continue;
    hidden.add(node.key);
    count += 1;
    people += node.n;
  }
};

const hideLevel = (nodes: readonly Node[], mask: number, hidden: Set<string>, leastN: number): void => {
  const places = linesOf(nodes, ({ parent }) => parent ?? undefined);
  const families = [places, ...bits(mask).map((_, index) => linesOf(nodes, ({ marginals }) => marginals[index]))];
  const isTold = ({ parent }: Node): boolean =>
    parent !== null && !hidden.has(parent) && places.get(parent)?.length === 1;
  for (const node of nodes)
    if (node.n < leastN || (!isTold(node) && node.marginals.some((marginal) => hidden.has(marginal))))
      hidden.add(node.key);
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const lines of families) for (const [sum, line] of lines) hideMore(sum, line, { hidden, leastN, isTold });
  }
};

/**
 * Names of all sums that must not be told: those of fewer than `leastN` people, and those that would give them away.
 * Decided from the top down, so it is the same however a place is asked for: a sum that is hidden hides its splits by
 * other codes; below a hidden place at least one place is hidden; below a shown one none or several, together not few.
 * Nobody is not a person: zero is never hidden and hides nothing.
 */
export const hiddenTower = ({ coarse, coarseDepth, fine, fineDepth, nCodes, leastN }: TowerInput): Set<string> => {
  const hidden = new Set<string>();
  const masks = Array.from({ length: 1 << nCodes }, (_, mask) => mask).sort((a, b) => bits(a).length - bits(b).length);
  for (const mask of masks)
    for (let level = 0; level <= Math.max(coarseDepth, fineDepth); level += 1)
      hideLevel(nodesAt(level <= coarseDepth ? coarse : fine, level, mask), mask, hidden, leastN);
  return hidden;
};
