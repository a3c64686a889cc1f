import { desc, eq, sql } from 'drizzle-orm';
import { categoriesLike, mostFrequent, takeTurns } from '@/data/model/category-guess';
import type { LngLat } from '@/data/model/geo';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { event, event_transition } from '../db/schema';
import { inTerritory } from '../db/scope';
import { listWords } from '../dictionary/store';
import { locatorOf } from '../division/locate';

/** Events a guess looks back on, and categories it offers. */
const looked = 300;
const offered = 3;

export type GuessAsk = { position: LngLat | null; text: string };
/** `why`: the rule that named it first. A guess is offered to a person, and never stored as the category by itself. */
export type Guess = { code: string; why: 'words' | 'own' | 'place' };

/** Categories reported of late, the most frequent first. */
export const commonCategories = async (db: Executor): Promise<string[]> => {
  const rows = await db
    .select({ code: event.category_code })
    .from(event)
    .orderBy(desc(event.reported_at))
    .limit(looked);
  return mostFrequent(rows.map(({ code }) => code)).slice(0, offered);
};

/** Three categories for a report (类型猜测): words of its text, the reporter's last ones, the commonest of the place. */
export const guessCategories = async (connection: Connection, scope: Scope, ask: GuessAsk): Promise<Guess[]> => {
  const { db } = connection;
  const place = ask.position && (await locatorOf(connection))(ask.position);
  const where = place?.grid
    ? sql`${event.grid_code} = ${place.grid} and ${await inTerritory(db, scope, event)}`
    : await inTerritory(db, scope, event);
  const rows = await db
    .select({ code: event.category_code, by: event_transition.actor_id })
    .from(event)
    .leftJoin(event_transition, sql`${eq(event_transition.event_id, event.id)} and ${event_transition.seq} = 1`)
    .where(where)
    .orderBy(desc(event.reported_at))
    .limit(looked);
  const words = (await listWords(db)).filter(({ list }) => list === 'event-category');
  const lists: Record<Guess['why'], string[]> = {
    words: categoriesLike(ask.text, words),
    own: mostFrequent(rows.filter(({ by }) => by === scope.actorId).map(({ code }) => code)),
    place: mostFrequent(rows.map(({ code }) => code)),
  };
  const known = new Set(words.map(({ code }) => code));
  const whyOf = (code: string) => (['words', 'own', 'place'] as const).find((why) => lists[why].includes(code));
  return takeTurns(Object.values(lists), offered + 2)
    .filter((code) => known.has(code))
    .slice(0, offered)
    .map((code) => ({ code, why: whyOf(code) ?? 'place' }));
};
