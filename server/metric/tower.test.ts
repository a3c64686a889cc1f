import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rank } from './testing-rank';
import { hiddenTower, type Leaf, nodeKey } from './tower';

const leastN = 10;
const leaf = (chain: string, n: number, ...codes: string[]): Leaf => ({
  chain: chain.split('').map((_, i) => chain.slice(0, i + 1)),
  codes,
  n,
});

const hide = (leaves: Leaf[], depth: number, nCodes = 0) =>
  hiddenTower({ coarse: leaves, coarseDepth: depth, fine: [], fineDepth: 0, nCodes, leastN });

/** Which of the leaves' own sums are hidden. */
const hiddenLeaves = (leaves: Leaf[]) => {
  const depth = leaves[0]?.chain.length ?? 0;
  const hidden = hide(leaves, depth);
  return leaves.filter((each) => hidden.has(nodeKey(each, depth, 0))).map(({ chain }) => chain.at(-1));
};

describe('sums of few people', () => {
  test('ten are shown, nine are not; nobody is nobody and covers no one', () => {
    expect(hiddenLeaves([leaf('a', 10), leaf('b', 9), leaf('c', 8), leaf('d', 0)])).toEqual(['b', 'c']);
    expect(hiddenLeaves([leaf('a', 0), leaf('b', 9), leaf('c', 80)])).toEqual(['b', 'c']);
  });

  test('one alone takes the smallest beside it with it, not one of another place', () => {
    expect(hiddenLeaves([leaf('ax', 30), leaf('ay', 9), leaf('az', 20), leaf('bx', 12)])).toEqual(['ay', 'az']);
  });

  test('two that together are few take a third', () => {
    expect(hiddenLeaves([leaf('a', 30), leaf('b', 3), leaf('c', 4), leaf('d', 50)])).toEqual(['a', 'b', 'c']);
  });

  test('a place that is hidden to cover another is not told by its parts either', () => {
    const leaves = [leaf('ax', 4), leaf('bx', 12), leaf('bz', 15), leaf('cx', 90)];
    expect(hiddenLeaves(leaves)).toEqual(['ax', 'bx']);
  });
});

/** Hidden sums that follow from the shown ones of the same other codes by adding and subtracting. */
const recoverable = (leaves: readonly Leaf[], depth: number, nCodes: number): string[] => {
  const hidden = hide([...leaves], depth, nCodes);
  const sums = new Map<string, number[]>();
  for (let level = 0; level <= depth; level += 1)
    for (const [index, each] of leaves.entries()) {
      const key = nodeKey(each, level, (1 << nCodes) - 1);
      const row = sums.get(key) ?? leaves.map(() => 0);
      row[index] = each.n > 0 ? 1 : 0;
      sums.set(key, row);
    }
  const shown = [...sums].filter(([key]) => !hidden.has(key)).map(([, row]) => row);
  const known = rank(shown);
  return [...sums].filter(([key, row]) => hidden.has(key) && rank([...shown, row]) === known).map(([key]) => key);
};

const people = fc.oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 60 }));

describe('no hidden sum can be worked out from those shown', () => {
  test('over communities, grids, blocks and buildings', () => {
    const chains = ['a', 'b', 'c'].flatMap((x) => ['a', 'b'].flatMap((y) => ['a', 'b', 'c'].map((z) => x + y + z)));
    fc.assert(
      fc.property(fc.array(people, { minLength: chains.length, maxLength: chains.length }), (counts) => {
        expect(
          recoverable(
            chains.map((chain, i) => leaf(chain, counts[i] ?? 0)),
            3,
            0,
          ),
        ).toEqual([]);
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  test('over grids and blocks by sex', () => {
    const cells = ['a', 'b', 'c'].flatMap((x) =>
      ['a', 'b'].flatMap((y) => ['1', '2'].map((sex) => [x + y, sex] as const)),
    );
    fc.assert(
      fc.property(fc.array(people, { minLength: cells.length, maxLength: cells.length }), (counts) => {
        expect(
          recoverable(
            cells.map(([chain, sex], i) => leaf(chain, counts[i] ?? 0, sex)),
            2,
            1,
          ),
        ).toEqual([]);
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  test('a split of a hidden place is hidden whole', () => {
    const leaves = [leaf('a', 4, '1'), leaf('b', 12, '1'), leaf('b', 15, '2'), leaf('c', 90, '1'), leaf('c', 90, '2')];
    const hidden = hide(leaves, 1, 1);
    expect(leaves.map((each) => hidden.has(nodeKey(each, 1, 1)))).toEqual([true, true, true, true, true]);
  });

  test('a cell that takes another with it takes one in each line where there is one', () => {
    const leaves = [leaf('a', 4, '1'), leaf('a', 60, '2'), leaf('b', 40, '1'), leaf('b', 50, '2')];
    const hidden = hide(leaves, 1, 1);
    expect(leaves.map((each) => hidden.has(nodeKey(each, 1, 1)))).toEqual([true, true, true, true]);
  });
});
