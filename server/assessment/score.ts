import { type Answer, scaleOf } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import {
  type AssessLevel,
  codeBefore,
  codesUpTo,
  datesOfCode,
  type OnlineItem,
  type Plan,
  periodOfCode,
  planFor,
} from '@/data/model/assessment';
import { modelOf } from '@/data/model/fair-rank';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Known } from '@/data/model/view';
import type { Connection } from '../db/client';
import { type AskContext, answer } from '../metric/answer';
import { type Facts, isThere } from '../metric/follower';
import { clampAt, localDay } from '../metric/period';
import { listGridWorkers, maskedNames } from '../workforce/store';
import { type ItemFigures, moveOf, type SubjectScore, scoreAll } from './rules';
import { listOffline, listPlans } from './store';

export type ScoreContext = Omit<AskContext, 'scope'> & { connection: Connection; scope: Scope };

/** What is asked for. Null period = the running one. */
export type ScoreAsk = { level: AssessLevel; period: string | null; at: string | null; known: Known };

/** A subject: its code, its code in the answers, and the path of where it stands. */
export type Subject = { code: string; at: string; path: string };

export const dimensionOf = (level: AssessLevel) => (level === 'worker' ? 'grid' : level);

/** Workers are told one by one to those who lead them alone. */
export const checkLevel = (level: AssessLevel, scope: Scope): void => {
  if (level === 'worker' && isAggregateOnly(scope))
    throw new Problem('not_allowed', 'Walls and aggregate posts get no list of workers.');
};

/** The whole installation: a score is the same whoever asks for it. */
const wholeOf = ({ facts, db, scope }: ScoreContext): AskContext => {
  const { installation, divisions } = facts.meta();
  const level = divisions.get(installation.root)?.level ?? 'district';
  return {
    ...{ facts, db },
    scope: { division: installation.root, path: installation.rootPath, level, role: scope.role, screen: scope.screen },
  };
};

/** The question of an item in a period. A period that is over is read as it was known at its end. */
export const askOf = (item: OnlineItem, level: AssessLevel, moment: Pick<Reading, 'code' | 'at' | 'known'>): Ask => ({
  metric: item.metric,
  dimensions: [dimensionOf(level)],
  question: { division: null, period: periodOfCode(moment.code), at: moment.at, known: moment.known, filters: [] },
});

/** A period and how its rows are read. `isPast`: entries by hand count up to the clock alone. */
export type Reading = { code: string; at: string; known: Known; isRunning: boolean; isPast: boolean };

/** Clock of the reading: the asked instant, at most the end of the period. */
const readingOf = (context: ScoreContext, ask: ScoreAsk, code: string): Reading => {
  const { timeZone } = context.facts.meta().installation;
  const clock = clampAt(ask.at, context.facts.status().asOf);
  const { from, until } = datesOfCode(code);
  const day = localDay(clock, timeZone);
  if (day < from) throw new Problem('invalid', `${code} has not begun.`);
  const isRunning = day < until;
  return { code, at: clock.toISOString(), known: isRunning ? ask.known : 'then', isRunning, isPast: ask.at !== null };
};

/** Subjects of a level as they were at an instant; null = those there have ever been. */
const subjectsOf = async (
  context: ScoreContext,
  level: AssessLevel,
  { answers, at }: { answers: readonly Answer[]; at: Date | null },
): Promise<Subject[]> => {
  const { divisions, installation } = context.facts.meta();
  if (level === 'department') {
    const codes = answers.flatMap(({ cells }) => cells.flatMap(({ at }) => at.department ?? []));
    return [...new Set(codes)]
      .filter((code) => code !== 'none')
      .sort()
      .map((code) => ({ code, at: code, path: installation.rootPath }));
  }
  if (level === 'worker') {
    const workers = await listGridWorkers(context.db);
    return workers.flatMap(({ id, grid }) => {
      const place = divisions.get(grid);
      return place ? [{ code: id, at: grid, path: place.path }] : [];
    });
  }
  return [...divisions.values()]
    .filter((place) => place.level === level && place.path.startsWith(installation.rootPath))
    .filter((place) => at === null || isThere(place, at))
    .map(({ code, path }) => ({ code, at: code, path }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
};

/** Milliseconds the answers of a period that is over are kept: as it was known at its end it stands. */
const keepMs = 600_000;
const kept = new WeakMap<Facts, Map<string, { at: number; answer: Promise<Answer> }>>();

const answerOver = (context: AskContext, ask: Ask, isRunning: boolean): Promise<Answer> => {
  if (isRunning) return answer(context, ask);
  const cache = kept.get(context.facts) ?? new Map<string, { at: number; answer: Promise<Answer> }>();
  kept.set(context.facts, cache);
  const key = JSON.stringify([ask.metric, ask.dimensions, ask.question.period]);
  const known = cache.get(key);
  if (known && Date.now() - known.at < keepMs) return known.answer;
  const fresh = answer(context, ask);
  cache.set(key, { at: Date.now(), answer: fresh });
  fresh.catch(() => cache.delete(key));
  return fresh;
};

type PeriodScores = { subjects: Subject[]; scores: SubjectScore[]; answers: { key: string; answer: Answer }[] };

const scorePeriod = async (context: ScoreContext, plan: Plan, reading: Reading): Promise<PeriodScores> => {
  const whole = wholeOf(context);
  const { level } = plan;
  const dimension = dimensionOf(level);
  const online = plan.items.flatMap((item) => (item.kind === 'online' ? [item] : []));
  const answers = await Promise.all(
    online.map(async (item) => {
      const ask = { ...askOf(item, level, reading), limit: 5000 };
      return Promise.all([
        answerOver(whole, ask, reading.isRunning),
        answerOver(whole, { ...ask, dimensions: [] }, reading.isRunning),
      ]);
    }),
  );
  const bySubject = answers.map(([given]) => given);
  const [subjects, entries] = await Promise.all([
    subjectsOf(context, level, { answers: bySubject, at: new Date(reading.at) }),
    listOffline(context.db, { level, period: reading.code }, reading.isPast ? new Date(reading.at) : null),
  ]);
  const figures = new Map(
    answers.map(([cells, total], i): [string, ItemFigures] => {
      const byCode = new Map(cells.cells.map((cell) => [cell.at[dimension] ?? '', cell]));
      const own = subjects.flatMap(({ code, at }) => {
        const cell = byCode.get(at);
        return cell ? [[code, cell] as const] : [];
      });
      const told = { model: modelOf(cells), scale: scaleOf(cells.unit), whole: total.cells[0] };
      return [online[i]?.key ?? '', { ...told, bySubject: new Map(own) }];
    }),
  );
  const offline = new Map(entries.map(({ item, subject, points }) => [`${item} ${subject}`, points]));
  return {
    subjects,
    scores: scoreAll({ items: plan.items, subjects: subjects.map(({ code }) => code), figures, offline }),
    answers: bySubject.map((given, i) => ({ key: online[i]?.key ?? '', answer: given })),
  };
};

/** An answer with the cells of these subjects alone. */
const cutTo = (given: Answer, level: AssessLevel, own: readonly Subject[]): Answer => {
  const codes = new Set(own.map(({ at }) => at));
  return { ...given, cells: given.cells.filter((cell) => codes.has(cell.at[dimensionOf(level)] ?? '')) };
};

/** A subject of the caller's territory; `not_found` elsewhere. Departments belong to the whole installation. */
export const readSubject = async (context: ScoreContext, level: AssessLevel, code: string): Promise<Subject> => {
  const { installation } = context.facts.meta();
  const found =
    level === 'department'
      ? { code, at: code, path: installation.rootPath }
      : (await subjectsOf(context, level, { answers: [], at: null })).find((subject) => subject.code === code);
  if (!found?.path.startsWith(context.scope.path))
    throw new Problem('not_found', `No ${level} ${code} in your territory.`, { code });
  return found;
};

/** The plan and reading of a period; `not_found` where no plan governs it. */
export const readPlan = async (context: ScoreContext, ask: ScoreAsk) => {
  const plans = await listPlans(context.db, ask.level);
  const { timeZone } = context.facts.meta().installation;
  const codes = codesUpTo(plans, localDay(clampAt(ask.at, context.facts.status().asOf), timeZone));
  const code = ask.period ?? codes[0];
  const plan = code ? planFor(plans, code) : null;
  if (!code || !plan) throw new Problem('not_found', `No plan governs ${ask.level} in ${code ?? 'this period'}.`);
  return { plans, codes, plan, reading: readingOf(context, ask, code) };
};

/** Scores, places and moves of a level in a period (考核), cut to the caller's territory; places are those among all. */
export const readScores = async (context: ScoreContext, ask: ScoreAsk) => {
  const { plans, codes, plan, reading } = await readPlan(context, ask);
  const earlier = codeBefore(reading.code);
  const before = planFor(plans, earlier);
  const [now, then] = await Promise.all([
    scorePeriod(context, plan, reading),
    before ? scorePeriod(context, before, readingOf(context, ask, earlier)) : null,
  ]);
  const scoresThen = new Map(then?.scores.map((score) => [score.code, score]));
  const byCode = new Map(now.scores.map((score) => [score.code, score]));
  const own = now.subjects.filter(({ path }) => path.startsWith(context.scope.path));
  const names =
    ask.level === 'worker'
      ? await maskedNames(
          context.db,
          context.scope,
          own.map(({ code }) => code),
        )
      : new Map<string, string>();
  return {
    ...{ level: ask.level, period: reading.code, periods: codes, isRunning: reading.isRunning, asOf: reading.at },
    before: before ? earlier : null,
    plan,
    nSubjects: now.subjects.length,
    answers: now.answers.map(({ key, answer: given }) => ({ key, answer: cutTo(given, ask.level, own) })),
    dimension: dimensionOf(ask.level),
    asks: plan.items.flatMap((item) =>
      item.kind === 'online' ? [{ key: item.key, ask: askOf(item, ask.level, reading) }] : [],
    ),
    rows: own.flatMap(({ code, at }) => {
      const score = byCode.get(code);
      return score ? [{ ...score, at, name: names.get(code) ?? null, moved: moveOf(score, scoresThen.get(code)) }] : [];
    }),
  };
};
