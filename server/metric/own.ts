import { type Expression, parseExpression } from '@/data/metrics/expression';
import type { Metric } from '@/data/metrics/metric';
import { listedMetric, type OwnMetric, ownFacts } from '@/data/metrics/own';

const minutesOf = { minutes: 1, hours: 60, days: 1_440 } as const;

/** Writes expressions as SQL; every text becomes a value apart. */
const writer = () => {
  const params: Record<string, string> = {};
  const bind = (value: string): string => {
    const name = `own${Object.keys(params).length}`;
    params[name] = value;
    return `$${name}`;
  };
  const write = (node: Expression): string => {
    switch (node.kind) {
      case 'number':
        return `${node.value}::double`;
      case 'text':
        return bind(node.value);
      case 'boolean':
        return String(node.value);
      case 'now':
        return '$asOf';
      case 'column':
        return node.name;
      case 'not':
        return `(not ${write(node.of)})`;
      case 'minus':
        return `(- ${write(node.of)})`;
      case 'null':
        return `(${write(node.of)} is ${node.isNegated ? 'not ' : ''}null)`;
      case 'in':
        return `(${write(node.of)} ${node.isNegated ? 'not ' : ''}in (${node.values.map(bind).join(', ')}))`;
      case 'span':
        return `(epoch_ms(${write(node.to)} - ${write(node.from)}) / ${minutesOf[node.unit] * 60_000}.0)`;
      case '/':
        return `(${write(node.left)}::double / nullif(${write(node.right)}, 0))`;
      default:
        return `(${write(node.left)} ${node.kind} ${write(node.right)})`;
    }
  };
  return { params, write };
};

/** The indicator as it is run: its expressions parsed anew and written as SQL over the columns of its fact. */
export const runMetric = (own: OwnMetric): Metric => {
  const { params, write } = writer();
  const columns = ownFacts[own.fact];
  const sql = (source: string) => write(parseExpression(source, columns).node);
  const counted = sql(own.numerator);
  const taking = own.denominator === null ? [] : [`coalesce(${sql(own.denominator)}, false)`];
  const listed = { ...listedMetric(own), leastN: 0, leastRows: own.leastN };
  if (own.kind === 'rate')
    return { ...listed, params, numerator: `coalesce(${counted}, false)::int`, where: taking[0] ?? null };
  if (own.kind === 'count')
    return { ...listed, params, numerator: '1', where: [`coalesce(${counted}, false)`, ...taking].join(' and ') };
  return { ...listed, params, numerator: counted, where: [`${counted} is not null`, ...taking].join(' and ') };
};

/** The version that answers for an instant: the newest that was valid then; before all of them the first. */
export const versionAt = (versions: readonly OwnMetric[], at: Date): OwnMetric | undefined =>
  versions.findLast(({ since }) => Date.parse(since) <= at.getTime()) ?? versions[0];

/** The newest version of each indicator. */
export const newestOwn = (versions: readonly OwnMetric[]): OwnMetric[] => [
  ...new Map(versions.map((own) => [own.slug, own])).values(),
];
