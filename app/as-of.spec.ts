import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, type TestInfo, test } from '@playwright/test';
import { randomFor } from '@/data/demo/random';
import { eventStages, stageOf } from '@/data/model/event';
import { type Known, knowns } from '@/data/model/view';
import { settingOf } from '@/screens/setting';
import { connect } from '@/server/db/client';
import {
  type Figures,
  figuresAt,
  openBy,
  overdueBy,
  type RawEvent,
  readRawEvents,
} from '@/server/metric/testing-history';

/** Figures of a page by panel and metric, in the order they stand. */
type Seen = Record<string, number[]>;
type Told = { figures: Figures; raws: readonly RawEvent[]; at: number; known: Known };

const dayMs = 86_400_000;

/** Last instant at which anything of an event that is over counts; one that is not counts for ever. */
const countsUntil = ({ dueAt, steps, corrections }: RawEvent): number => {
  if (stageOf[steps.at(-1)?.to ?? 'S10'] !== 'closed') return Number.POSITIVE_INFINITY;
  // figures look back thirty days
  return 32 * dayMs + Math.max(dueAt ?? 0, ...[...steps, ...corrections].flatMap(({ at, known }) => [at, known]));
};

/** The raw logs of the database that the pages stand on. */
const readLogs = async (info: TestInfo): Promise<RawEvent[]> => {
  const url = readFileSync(join(settingOf(info, 'GRIDHALL_HOME'), 'postgres.url'), 'utf8').trim();
  const { sql } = connect(url, { max: 1 });
  const raws = await readRawEvents(sql);
  await sql.end();
  return raws;
};

/** Instants of the sixty days before the demo's end from a fixed seed, a third of them the moment of a move. */
const instantsOf = (raws: readonly RawEvent[], end: number, n: number): number[] => {
  const random = randomFor('instants on the screens');
  const recent = raws.filter(({ reportedAt }) => reportedAt > end - 60 * dayMs && reportedAt < end);
  return Array.from({ length: n }, (_, i) => {
    const moved = random.pick(random.pick(recent).steps);
    const drawn = i % 3 === 0 ? moved.at : end - Math.floor(random.between(0, 60) * dayMs);
    return Math.min(drawn, end);
  });
};

const partOf = ({ figures }: Told, name: string): number => {
  const [numerator, denominator] = figures[name] ?? [Number.NaN, 1];
  return numerator / denominator;
};

const inOrder = (counts: Record<string, number>, codes: readonly string[]) => codes.map((code) => counts[code] ?? 0);

const byStage = ({ raws, at, known }: Told) => openBy(raws, at, known, ({ status }) => stageOf[status]);
const byLevel = ({ raws, at, known }: Told) => openBy(raws, at, known, ({ level }) => String(level));

/** The two departments with the most events past their limit. */
const latest = ({ raws, at, known }: Told): number[] =>
  Object.values(overdueBy(raws, at, known, ({ department }) => department ?? 'none'))
    .sort((a, b) => b - a)
    .slice(0, 2);

/** What each screen must show, from the logs alone. */
const screens = {
  small: {
    path: '/small?still',
    size: { width: 420, height: 900 },
    nInstants: 50,
    wanted: (told: Told): Seen => ({
      'story-overall event.reported': [partOf(told, 'event.reported today')],
      'story-overall event.open': [partOf(told, 'event.open today')],
      'story-overall event.overdue': [partOf(told, 'event.overdue today')],
      'story-overall event.on_time_close_rate': [partOf(told, 'event.on_time_close_rate P7D')],
      'story-progress event.open': [
        partOf(told, 'event.open today'),
        ...inOrder(byStage(told), eventStages).filter((n) => n > 0),
      ],
      'story-progress event.overdue': [partOf(told, 'event.overdue today'), ...latest(told)],
    }),
  },
  mid: {
    path: '/mid?ly=&still',
    size: { width: 1600, height: 1000 },
    nInstants: 10,
    wanted: (told: Told): Seen => ({
      'division-card event.reported': [partOf(told, 'event.reported P30D')],
      'division-card event.open': [partOf(told, 'event.open today')],
      'division-card event.overdue': [partOf(told, 'event.overdue today')],
      'division-card event.close_rate': [partOf(told, 'event.close_rate P30D')],
      'division-card event.on_time_close_rate': [partOf(told, 'event.on_time_close_rate P30D')],
      'division-card event.handle_hours': [partOf(told, 'event.handle_hours P30D')],
    }),
  },
  big: {
    path: '/big?v=overview&tour=off&ly=&still',
    size: { width: 1920, height: 1080 },
    nInstants: 10,
    wanted: (told: Told): Seen => ({
      'headline event.reported': [partOf(told, 'event.reported today')],
      'headline event.on_time_close_rate': [partOf(told, 'event.on_time_close_rate P30D')],
      'headline event.overdue': [partOf(told, 'event.overdue today')],
      'attention-list event.open': [partOf(told, 'event.open today')],
      'open-levels event.open': [partOf(told, 'event.open today'), ...inOrder(byLevel(told), ['1', '2', '3', '4'])],
    }),
  },
};

/** Moves the clock of a page that stands, by its URL alone. */
const moveClock = (page: Page, at: string, known: Known) =>
  page.evaluate(
    ([instant, record]) => {
      const url = new URL(location.href);
      url.searchParams.set('at', instant);
      url.searchParams.set('k', record);
      history.pushState(null, '', url);
    },
    [at, known] as const,
  );

/** Reads a page once all of it stands at an instant. */
const readAt = async (page: Page, at: string): Promise<Seen> => {
  await page.waitForFunction(
    (instant) => {
      const figures = [...document.querySelectorAll<HTMLElement>('[data-panel] [data-as-of]')];
      const own = figures.filter((figure) => !figure.closest('[data-past]'));
      const isWaiting = document.querySelector('[data-panel][data-state="waiting"]') !== null;
      return own.length > 5 && !isWaiting && own.every(({ dataset }) => dataset.asOf === instant);
    },
    at,
    { timeout: 60_000, polling: 50 },
  );
  const figures = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-panel] [data-metric]')].map((figure) => ({
      name: `${figure.closest<HTMLElement>('[data-panel]')?.dataset.panel} ${figure.dataset.metric}`,
      value: Number(figure.dataset.value || Number.NaN),
    })),
  );
  const seen: Seen = {};
  for (const { name, value } of figures) seen[name] = [...(seen[name] ?? []), value];
  return seen;
};

for (const [screen, { path, size, nInstants, wanted }] of Object.entries(screens))
  test(`${screen}: figures at ${nInstants} instants are those of the raw logs`, async ({ page }, info) => {
    test.setTimeout(600_000);
    const raws = await readLogs(info);
    const end = Date.parse(settingOf(info, 'GRIDHALL_DEMO_AT'));
    const counted = raws.map((raw) => ({ raw, until: countsUntil(raw) }));
    await page.setViewportSize(size);
    await page.goto(path);
    await page.locator('[data-panel]').first().waitFor({ state: 'attached', timeout: 60_000 });
    for (const [i, at] of instantsOf(raws, end, nInstants).entries()) {
      const known = knowns[i % 2] ?? 'now';
      const instant = new Date(at).toISOString();
      await moveClock(page, instant, known);
      const logs = counted.flatMap(({ raw, until }) => (raw.reportedAt <= at && until > at ? raw : []));
      const expected = wanted({ figures: figuresAt(logs, at, known), raws: logs, at, known });
      const seen = await readAt(page, instant);
      const rounded = (values: readonly number[] = []) => values.map((value) => Number(value.toFixed(6)));
      for (const [name, values] of Object.entries(expected))
        expect(rounded(seen[name]), `${name} ${known} ${instant}`).toEqual(rounded(values));
    }
  });
