import { z } from 'zod';
import { entityCount } from './entity';
import { eventReported } from './event-count';
import { type Columns, ExpressionFault, type FaultCode, parseExpression, type ValueType } from './expression';
import type { Metric } from './metric';
import { buildingCount } from './place';

/** Prefix of the keys of customers' indicators (自建指标). */
export const ownPrefix = 'own.';

/**
 * Facts an indicator may be made of, and their columns by type. Facts about people are none of them: a free condition
 * on people tells of one person in a cell that is large enough itself. Nor is a place smaller than a community a column.
 */
export const ownFacts = {
  event: {
    ...{ category: 'text', category_l1: 'text', level: 'text', source: 'text', department: 'text' },
    ...{ subdistrict: 'text', community: 'text' },
    ...{ is_valid: 'boolean', is_auto_dispatched: 'boolean', is_self_handled: 'boolean' },
    ...{
      n_rework: 'number',
      n_return: 'number',
      n_extension: 'number',
      handle_hours: 'number',
      satisfaction: 'number',
    },
    ...{ reported_at: 'instant', accepted_at: 'instant', registered_at: 'instant', dispatched_at: 'instant' },
    ...{
      signed_at: 'instant',
      handled_at: 'instant',
      ended_at: 'instant',
      due_at: 'instant',
      accept_due_at: 'instant',
    },
  },
  entity: {
    ...{ subdistrict: 'text', community: 'text', entity_type: 'text', industry: 'text' },
    n_employees: 'number',
  },
  building: {
    ...{ subdistrict: 'text', community: 'text', house_type: 'text', storeys: 'number' },
  },
} as const satisfies Record<string, Columns>;

export const OwnFact = z.enum(['event', 'entity', 'building']);
export type OwnFact = z.infer<typeof OwnFact>;

/** Instants that may put an event into a period. */
export const ownClocks = ['reported_at', 'dispatched_at', 'handled_at', 'ended_at', 'due_at'] as const;

/** Units a sum or a mean may carry. */
export const ownUnits = ['hour', 'minute', 'event', 'person', 'storey'] as const;

const Words = (most: number) =>
  z.object({ zh: z.string().trim().min(1).max(most), en: z.string().trim().min(1).max(most) });

/** An indicator as it is entered; the next version of its slug. */
export const OwnDraft = z.object({
  slug: z.string().regex(/^[a-z][a-z0-9_]{1,30}$/),
  fact: OwnFact,
  kind: z.enum(['count', 'sum', 'mean', 'rate']),
  /** What is counted (a condition), or what is summed or averaged (a number). */
  numerator: z.string().max(400),
  /** Rows that take part (a condition); null = every row. Of a rate it is what the numerator is a share of. */
  denominator: z.string().max(400).nullable(),
  /** Null = a stock as it stands at the clock. */
  time: z.enum(ownClocks).nullable(),
  unit: z.enum(ownUnits),
  polarity: z.enum(['up_good', 'down_good', 'neutral']),
  leastN: z.number().int().min(0).max(1000),
  decimals: z.number().int().min(0).max(3),
  name: Words(30),
  meaning: Words(200),
  /** Version that was changed; 0 = it is new. */
  version: z.number().int().min(0),
});
export type OwnDraft = z.infer<typeof OwnDraft>;

/** A version of an indicator; none is ever changed. It answers questions whose clock stands at `since` or later. */
export type OwnMetric = OwnDraft & { since: string; actor: string };

/** What is wrong with an indicator: in which field, where in it, and what to change (`own.fault.<code>`). */
export type OwnFault = {
  field: 'numerator' | 'denominator' | 'time';
  code: FaultCode | 'clock';
  at: number;
  found: string;
};

const isCondition = ({ kind }: Pick<OwnDraft, 'kind'>): boolean => kind === 'count' || kind === 'rate';

const faultIn = (field: OwnFault['field'], source: string, columns: Columns, wanted: ValueType): OwnFault[] => {
  try {
    const { type } = parseExpression(source, columns);
    return type === wanted ? [] : [{ field, code: wanted === 'number' ? 'number' : 'boolean', at: 0, found: source }];
  } catch (fault) {
    if (fault instanceof ExpressionFault) return [{ field, code: fault.code, at: fault.at, found: fault.found }];
    throw fault;
  }
};

/** Everything to be changed before an indicator can be asked; empty = it can. */
export const faultsOf = (draft: Pick<OwnDraft, 'fact' | 'kind' | 'numerator' | 'denominator' | 'time'>): OwnFault[] => {
  const columns = ownFacts[draft.fact];
  return [
    ...faultIn('numerator', draft.numerator, columns, isCondition(draft) ? 'boolean' : 'number'),
    ...(draft.denominator === null ? [] : faultIn('denominator', draft.denominator, columns, 'boolean')),
    ...(draft.time !== null && draft.fact !== 'event'
      ? [{ field: 'time' as const, code: 'clock' as const, at: 0, found: draft.time }]
      : []),
  ];
};

const likeOf = { event: eventReported, entity: entityCount, building: buildingCount } as const;
/** Whether its conditions tell categories of events apart. */
const namesCategory = ({ fact, numerator, denominator }: OwnDraft): boolean =>
  fact === 'event' && /\bcategory/i.test(`${numerator} ${denominator ?? ''}`.replace(/'[^']*'/g, ''));

const smallPlaces: readonly string[] = ['grid', 'block', 'building', 'hexagon'];

const timeless = likeOf.event.dimensions.filter((key) => !/^(hour|day|week|month|hourOfDay|weekday)$/.test(key));

/** The indicator as the catalogue lists it: its expressions are those that were typed. */
export const listedMetric = (own: OwnMetric): Metric => {
  const like = likeOf[own.fact];
  return {
    key: `${ownPrefix}${own.slug}`,
    code: null,
    unit: own.kind === 'rate' ? 'share' : own.kind === 'count' ? like.unit : own.unit,
    kind: own.kind,
    fact: own.fact,
    numerator: own.numerator,
    denominator: '1',
    where: own.denominator,
    time: own.time,
    dimensions: (own.fact === 'event' && own.time === null ? timeless : like.dimensions).filter(
      (key) => !namesCategory(own) || !smallPlaces.includes(key),
    ),
    isOfCategory: namesCategory(own),
    polarity: own.polarity,
    leastN: own.leastN,
    decimals: own.kind === 'count' ? 0 : own.decimals,
    freshSeconds: like.freshSeconds,
    zh: own.name.zh,
    en: own.name.en,
    meaning: own.meaning,
    source: own.actor,
    revision: own.version,
    since: own.since.slice(0, 10),
  };
};
