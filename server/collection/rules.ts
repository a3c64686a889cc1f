import { createHash } from 'node:crypto';
import type { LinkMethod, OpenReason } from '@/data/model/collection';

/** Somebody or something on the register that a new record may be. `isHere`: it stands at the same address. */
export type Candidate = {
  id: string;
  isHere: boolean;
  /** Its number is one: of the right shape. */
  isNumbered: boolean;
  /** The collector's territory holds it; persons may be linked wherever they were registered. */
  isOwn: boolean;
};

/** What becomes of a new record: linked to one of the register, made, or left to a person. */
export type Linking =
  | { method: Extract<LinkMethod, 'number' | 'name'>; id: string }
  | { method: 'made' }
  | { method: 'none'; why: OpenReason; candidates: string[] };

const idsOf = (found: readonly Candidate[]): string[] => found.map(({ id }) => id);

/**
 * Links a new record (关联): the one with the same number is it, of several the one that stands here; without any, the one of
 * the same name at the same address whose own number is none. The same name there with another number may be either, and
 * what stands in somebody else's territory is not taken from there: a person decides.
 */
export const linkNew = (byNumber: readonly Candidate[], byName: readonly Candidate[]): Linking => {
  const here = byNumber.filter(({ isHere }) => isHere);
  const [one, ...others] = here.length > 0 ? here : byNumber;
  if (one && others.length > 0) return { method: 'none', why: 'several', candidates: idsOf(byNumber) };
  if (one)
    return one.isOwn ? { method: 'number', id: one.id } : { method: 'none', why: 'elsewhere', candidates: [one.id] };
  const [named, ...more] = byName;
  if (!named) return { method: 'made' };
  if (more.length === 0 && !named.isNumbered) return { method: 'name', id: named.id };
  return { method: 'none', why: 'name', candidates: idsOf(byName) };
};

/** Ids above all that are imported, and below what a number holds exactly. */
const madeFrom = 2 ** 48;

/** Id of a person or residence that an item of a visit makes: the same each time it is sent. */
export const madeId = (clientKey: string, seq: number, what: 'person' | 'residence'): number =>
  madeFrom + Number.parseInt(createHash('sha256').update(`${clientKey}|${seq}|${what}`).digest('hex').slice(0, 12), 16);

/** Id of an entity that an item of a visit makes. */
export const madeEntity = (clientKey: string, seq: number): string => `${clientKey}-${seq}`;
