import type { Answer } from '@/data/model/answer';
import type { AskContext } from '../metric/answer';
import { answerCached } from '../metric/cache';
import { isThere } from '../metric/follower';
import { codeOf, coveredPaths } from './rules';
import type { PlacedAlert } from './store';

/** What lies in the area of a warning (影响范围). `figures` null = no registered land lies in it. */
type AlertImpact = {
  alert: string;
  nCommunities: number;
  nGrids: number;
  figures: { buildings: Answer; dwellings: Answer; residents: Answer } | null;
};

/** Answers about places apart from one another as one; withheld as soon as one of them is. */
const addUp = (answers: readonly Answer[]): Answer | null => {
  const [first] = answers;
  if (!first) return null;
  const cells = answers.flatMap((answer) => answer.cells);
  if (cells.some((cell) => cell.withheld))
    return {
      ...first,
      cells: [{ at: {}, value: null, numerator: null, denominator: null, n: null, withheld: 'small' }],
    };
  const total = cells.reduce((sum, { numerator }) => sum + (numerator ?? 0), 0);
  const n = cells.reduce((sum, cell) => sum + (cell.n ?? 0), 0);
  return { ...first, cells: [{ at: {}, value: total, numerator: total, denominator: 1, n }] };
};

/** What lies in the area of each warning at an instant, inside the caller's territory: sums of the catalogue's figures. */
export const readImpact = async (
  context: AskContext,
  alerts: readonly PlacedAlert[],
  at: string | null,
): Promise<AlertImpact[]> => {
  const { facts, scope } = context;
  const clock = at === null ? facts.status().asOf : new Date(at);
  const nodes = [...facts.meta().divisions.values()].filter((place) => isThere(place, clock));
  const countIn = (paths: readonly string[], level: string) =>
    nodes.filter((node) => node.level === level && paths.some((path) => node.path.startsWith(path))).length;
  const ask = async (metric: string, paths: readonly string[]) =>
    addUp(
      await Promise.all(
        paths.map((path) =>
          answerCached(context, { metric, question: { division: codeOf(path), period: 'today', at, filters: [] } }),
        ),
      ),
    );
  return Promise.all(
    alerts.map(async ({ id, areas }) => {
      const paths = coveredPaths(areas, scope.path);
      const [buildings, dwellings, residents] = await Promise.all(
        ['building.count', 'dwelling.count', 'person.resident'].map((metric) => ask(metric, paths)),
      );
      return {
        alert: id,
        nCommunities: countIn(paths, 'community'),
        nGrids: countIn(paths, 'grid'),
        figures: buildings && dwellings && residents ? { buildings, dwellings, residents } : null,
      };
    }),
  );
};
