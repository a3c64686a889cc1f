import { hour, type Typhoon, typhoonsBefore } from './calendar';

/** Where a warning is for: all land, the part of the sea off the shore, or the coast beside it. */
export type Cover = 'land' | 'sea' | 'shore';

/** One message of a chain: hours from the chain's anchor, its list word; null = the warning is called off. */
type Step = [atHours: number, warning: string | null];

/** Messages about one thing, each replacing the one before. */
export type Chain = {
  anchor: number;
  status: 'Actual' | 'Exercise' | 'Test';
  covers: readonly Cover[];
  steps: readonly Step[];
  /** Hours each message holds unless it is replaced or called off. */
  holdsHours: number;
};

/** Before, in and after a storm; the second one reached its gravest. */
const typhoonSteps = (length: number, isGravest: boolean): Step[] => [
  [-40, '11B01-white'],
  [-26, '11B01-blue'],
  [-12, '11B01-yellow'],
  [-2, '11B01-orange'],
  ...(isGravest ? [[8, '11B01-red'] as Step, [20, '11B01-orange'] as Step] : []),
  [length - 6, '11B01-yellow'],
  [length + 5, null],
];

const rainSteps = (isGravest: boolean): Step[] => [
  [4, '11B03-yellow'],
  [9, '11B03-orange'],
  ...(isGravest ? [[14, '11B03-red'] as Step] : []),
  [26, null],
];

const stormChains = ({ from, to }: Typhoon, isGravest: boolean): Chain[] => {
  const common = { anchor: from, status: 'Actual', covers: ['land', 'sea'], holdsHours: 48 } as const;
  return [
    { ...common, steps: typhoonSteps((to - from) / hour, isGravest) },
    { ...common, covers: ['land'], steps: rainSteps(isGravest) },
  ];
};

/** What was warned of before an instant and what stands at it: a gale on one shore, waves at sea, and an exercise. */
export const alertChains = (at: number): Chain[] => [
  ...typhoonsBefore(at).flatMap((typhoon, i) => stormChains(typhoon, i === 1)),
  { anchor: at, status: 'Test', covers: ['land'], steps: [[-170, '11B03-yellow']], holdsHours: 1 },
  {
    anchor: at,
    status: 'Actual',
    covers: ['sea'],
    steps: [
      [-29.5, 'SEA01-blue'],
      [-6.2, 'SEA01-yellow'],
    ],
    holdsHours: 36,
  },
  { anchor: at, status: 'Actual', covers: ['shore', 'sea'], steps: [[-9.3, '11B06-blue']], holdsHours: 24 },
  { anchor: at, status: 'Exercise', covers: ['land'], steps: [[-2.1, '11B01-orange']], holdsHours: 6 },
];
