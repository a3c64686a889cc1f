import { and, eq, isNull } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import { type PolicyRung, rungCodes } from '@/data/model/supervision';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { term } from '../db/schema';
import { wordsIn } from '../dictionary/store';
import { attrsOf, rungOf } from './rules';

const list = 'supervision-rung';

/** The ladder as it was in force at an instant (督办策略), the lowest rung first. An event keeps that of its report. */
export const readPolicy = async (tx: Executor, at: Date): Promise<PolicyRung[]> => {
  return (await wordsIn(tx, list, at))
    .map(({ code, attrs }) => rungOf(code, attrs))
    .sort((a, b) => rungCodes.indexOf(a.code) - rungCodes.indexOf(b.code));
};

/** A ladder climbs: no rung before the one below it, at any level. */
const checkPolicy = (rungs: readonly PolicyRung[]): void => {
  const codes = rungs.map(({ code }) => code).join(' ');
  if (codes !== rungCodes.join(' '))
    throw new Problem('invalid', `A ladder has the rungs ${rungCodes.join(', ')}, in this order.`);
  for (const [i, rung] of rungs.entries()) {
    const below = rungs[i - 1];
    const isLower =
      below && (rung.atShare < below.atShare || rung.overHours.some((h, k) => h < (below.overHours[k] ?? 0)));
    if (isLower) throw new Problem('invalid', `Rung ${rung.code} comes before ${below.code}.`, { rung: rung.code });
  }
};

/** Puts another ladder in force from now on; what was reported before keeps the one it was reported under. */
export const adoptPolicy = async ({ db }: Connection, rungs: readonly PolicyRung[]): Promise<PolicyRung[]> => {
  checkPolicy(rungs);
  return db.transaction(async (tx) => {
    const at = await clockNow(tx);
    for (const rung of rungs) {
      const [old] = await tx
        .update(term)
        .set({ valid_to: at })
        .where(and(eq(term.list, list), eq(term.code, rung.code), isNull(term.valid_to)))
        .returning({ zh: term.zh, en: term.en, source: term.source });
      if (!old) throw new Problem('conflict', `Rung ${rung.code} has no row in force.`);
      await tx.insert(term).values({ ...old, list, code: rung.code, attrs: attrsOf(rung), valid_from: at });
    }
    return readPolicy(tx, at);
  });
};
