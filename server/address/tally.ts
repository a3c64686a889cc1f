import {
  type AddressLevel,
  type AddressMethod,
  type AddressTally,
  addressLevels,
  addressMethods,
  isMatched,
} from '@/data/model/address';

/** What a row stands as. */
export type Standing = { method: AddressMethod; level: AddressLevel };

export const keyOf = ({ method, level }: Standing): string => `${method}.${level}`;

/** Adds a step to a tally; `from` null = the row was not looked at before. */
export const countStep = (tally: AddressTally, from: Standing | null, to: Standing): void => {
  if (from) tally[keyOf(from)] = (tally[keyOf(from)] ?? 0) - 1;
  tally[keyOf(to)] = (tally[keyOf(to)] ?? 0) + 1;
};

type Counted = { method: AddressMethod; level: AddressLevel; n: number };

const partsOf = (tally: AddressTally): Counted[] =>
  addressMethods.flatMap((method) =>
    addressLevels.flatMap((level) => {
      const n = tally[keyOf({ method, level })] ?? 0;
      return n === 0 ? [] : [{ method, level, n }];
    }),
  );

const total = (parts: readonly Counted[]): number => parts.reduce((all, { n }) => all + n, 0);

/** Levels whose rows have a grid. */
const placed: readonly AddressLevel[] = ['dwelling', 'building', 'block', 'grid'];

/** All steps of a list as figures: the rows that stand at each method and level, those done, matched, and with a grid. */
export const figuresOf = (steps: readonly AddressTally[]) => {
  const sum: AddressTally = {};
  for (const step of steps) for (const [key, n] of Object.entries(step)) sum[key] = (sum[key] ?? 0) + n;
  const parts = partsOf(sum);
  const levelsOf = (some: readonly Counted[], isMatched: boolean) =>
    addressLevels.flatMap((level) => {
      const n = total(some.filter((part) => part.level === level));
      return n === 0 ? [] : [{ level, isMatched, n }];
    });
  const matched = parts.filter(({ method }) => isMatched(method));
  const open = parts.filter(({ method }) => !isMatched(method));
  return {
    nDone: total(parts),
    nMatched: total(matched),
    nPlaced: total(matched.filter(({ level }) => placed.includes(level))),
    methods: addressMethods.flatMap((method) => {
      const n = total(parts.filter((part) => part.method === method));
      return n === 0 ? [] : [{ method, n }];
    }),
    levels: [...levelsOf(matched, true), ...levelsOf(open, false)],
  };
};
