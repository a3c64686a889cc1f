import type { SQL } from 'drizzle-orm';
import type { AuditAction, LookPurpose } from '@/data/model/audit';
import { Problem } from '@/data/model/problem';
import { canSeeResidents, type Scope } from '@/data/model/scope';
import {
  type PersonCard,
  type RelatedKind,
  type RelationTree,
  type Theme,
  type ThemeAsk,
  type ThemeFound,
  type ThemeHit,
  themeLimit,
  themes,
  type VehicleCard,
} from '@/data/model/theme';
import { keepLook } from '../audit/store';
import { seenGroups } from '../care/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { building } from '../db/schema';
import { inTerritory, narrowScope } from '../db/scope';
import { beyondScope } from '../db/scoped';
import { readInstallation } from '../dictionary/store';
import { localDay } from '../metric/period';
import { mayLinkHolders, maySeeVehicles } from '../vehicle/rules';
import { findVehicles, readVehicle } from '../vehicle/store';
import { findCared, findCases } from './case';
import { findDwellings } from './dwelling';
import { findPersons, readPerson } from './person';
import { type Asked, maySearch } from './rules';
import { eventsOf, findHead, readTree } from './tree';

/** Themes the caller may search. */
export const openThemes = async ({ db }: Connection, scope: Scope): Promise<Theme[]> => {
  const hasCare = (await seenGroups(db, scope)).length > 0;
  return themes.filter((theme) => maySearch(scope, theme) && (theme !== 'care' || hasCare));
};

const dayOf = async (tx: Executor, at: Date): Promise<string> => localDay(at, (await readInstallation(tx)).timeZone);

/** What was searched, for the audit: no value that names a vehicle. */
const subjectOf = (division: string, { theme, conditions }: ThemeAsk): string =>
  [
    theme,
    division,
    ...Object.entries(conditions).map(([key, value]) => (key === 'tail' ? key : `${key}=${value}`)),
  ].join(' ');

const inside = async (
  { db }: Connection,
  scope: Scope,
  ask: ThemeAsk,
  find: (tx: Executor, asked: Asked) => Promise<ThemeHit[]>,
): Promise<ThemeFound> =>
  db.transaction(async (tx) => {
    const area = await narrowScope(tx, scope, ask.division);
    const now = await clockNow(tx);
    const at = ask.at ?? now;
    const day = await dayOf(tx, at);
    const inArea = await inTerritory(tx, area, building);
    const rows = await find(tx, { inArea, at, day, conditions: ask.conditions, limit: themeLimit + 1 });
    const told = rows.slice(0, themeLimit);
    if (ask.theme !== 'dwelling')
      await keepLook(tx, scope, now, {
        ...{ action: 'theme.list', subject: subjectOf(area.division, ask), purpose: ask.purpose, nRows: told.length },
      });
    return { rows: told, isCut: rows.length > told.length };
  });

/**
 * Rows of a theme in the caller's territory at the clock, masked, at most 300; a look at people or vehicles is kept in
 * the audit. `not_allowed` for posts that are told none of it, and on every wall; persons in care are told of now alone.
 */
export const searchTheme = async (connection: Connection, scope: Scope, ask: ThemeAsk): Promise<ThemeFound> => {
  if (!maySearch(scope, ask.theme))
    throw new Problem('not_allowed', `Role ${scope.role} on ${scope.screen} does not search theme ${ask.theme}.`);
  switch (ask.theme) {
    case 'person':
      return inside(connection, scope, ask, (tx, asked) => findPersons(tx, beyondScope(connection).db, asked));
    case 'dwelling':
      return inside(connection, scope, ask, (tx, asked) => findDwellings(tx, beyondScope(connection).db, asked));
    case 'vehicle': {
      const { plateKind, tail } = ask.conditions;
      return inside(connection, scope, ask, (tx, { inArea, day, limit }) =>
        findVehicles(tx, inArea, { day, limit, plateKind, tail }),
      );
    }
    case 'care':
      if (ask.at !== null) throw new Problem('invalid', 'The register of care is told of now alone.');
      return findCared(connection, scope, ask);
    case 'case': {
      const rows = await findCases(connection, scope, ask, themeLimit + 1);
      return { rows: rows.slice(0, themeLimit), isCut: rows.length > themeLimit };
    }
  }
};

type CardAsk = { id: number; purpose: LookPurpose; at: Date | null };

/** Reads one thing in the caller's territory and keeps the look; `not_found` where there is none of it. */
const lookAt = async <T>(
  { db }: Connection,
  scope: Scope,
  { kind, id, purpose, at }: CardAsk & { kind: 'person' | 'vehicle' },
  read: (tx: Executor, inArea: SQL, one: { id: number; day: string; hasLink: boolean }) => Promise<T | null>,
): Promise<T> =>
  db.transaction(async (tx) => {
    const now = await clockNow(tx);
    const day = await dayOf(tx, at ?? now);
    const card = await read(tx, await inTerritory(tx, scope, building), { id, day, hasLink: mayLinkHolders(scope) });
    if (card === null) throw new Problem('not_found', `No ${kind} ${id} in your territory.`, { id: String(id) });
    const action: AuditAction = 'theme.card';
    await keepLook(tx, scope, now, { action, subject: `${kind} ${id}`, purpose, nRows: 1 });
    return card;
  });

/** One person of the caller's territory, masked, with his homes there; the look is kept in the audit. */
export const lookAtPerson = (connection: Connection, scope: Scope, ask: CardAsk): Promise<PersonCard> => {
  if (!canSeeResidents(scope)) throw new Problem('not_allowed', `Role ${scope.role} gets aggregates only.`);
  return lookAt(connection, scope, { ...ask, kind: 'person' }, readPerson);
};

/** One vehicle of the caller's territory, its plate masked; the look is kept in the audit. */
export const lookAtVehicle = (connection: Connection, scope: Scope, ask: CardAsk): Promise<VehicleCard> => {
  if (!maySeeVehicles(scope)) throw new Problem('not_allowed', `Role ${scope.role} is told of no vehicle.`);
  return lookAt(connection, scope, { ...ask, kind: 'vehicle' }, readVehicle);
};

type RelationAsk = { kind: RelatedKind; id: string; purpose: LookPurpose; at: Date | null };

/**
 * The building something hangs on, in the caller's territory, with its dwellings and what hangs on them, as the clock had
 * it: who lives or lived there by then, entities, vehicles, events. Where people are told, the look is kept in the audit.
 */
export const readRelations = async (
  connection: Connection,
  scope: Scope,
  { kind, id, purpose, at }: RelationAsk,
): Promise<RelationTree> => {
  const { db } = connection;
  const day = await dayOf(db, at ?? (await clockNow(db)));
  const head = await findHead(db, scope, { kind, id, day });
  if (!head) throw new Problem('not_found', `No ${kind} ${id} at a building of your territory.`, { id });
  const events = await eventsOf(connection, scope, head.code, at);
  return db.transaction(async (tx) => {
    const tree = await readTree(tx, scope, head, events);
    const nRows = tree.dwellings.flatMap(({ people }) => people ?? []).length;
    const look = { action: 'theme.tree' as const, subject: `building ${head.code}`, purpose, nRows };
    if (canSeeResidents(scope)) await keepLook(tx, scope, await clockNow(tx), look);
    return tree;
  });
};
