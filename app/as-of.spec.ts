import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, type TestInfo, test } from '@playwright/test';
import { randomFor } from '@/data/demo/random';
import { eventStages, stageOf } from '@/data/model/event';
import { type Known, knowns } from '@/data/model/view';
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

const end = Date.parse('2026-11-22T10:00:00+08:00');
const dayMs = 86_400_000;

/** Instants lie in the demo's last sixty days and figures look back thirty: older events count while they are open. */
const mayCount = ({ reportedAt, dueAt, steps, corrections }: RawEvent): boolean => {
  const since = end - 95 * dayMs;
  const times = [reportedAt, dueAt ?? 0, ...steps.flatMap(({ at, known }) => [at, known])];
  return (
    [...times, ...corrections.map(({ known }) => known)].some((time) => time > since) ||
    stageOf[steps.at(-1)?.to ?? 'S10'] !== 'closed'
  );
};

/** The raw logs of the database that the pages stand on. */
const readLogs = async ({ config }: TestInfo): Promise<RawEvent[]> => {
  const home = config.webServer?.env?.GRIDHALL_HOME ?? '';
  const { sql } = connect(readFileSync(join(home, 'postgres.url'), 'utf8').trim(), { max: 1 });
  const raws = await readRawEvents(sql);
  await sql.end();
  return raws.filter(mayCount);
};

/** Fifty instants of the demo's last sixty days from a fixed seed, a third of them the moment of a move. */
const instantsOf = (raws: readonly RawEvent[]): number[] => {
  const random = randomFor('instants on the screens');
  const recent = raws.filter(({ reportedAt }) => reportedAt > end - 60 * dayMs && reportedAt < end);
  return Array.from({ length: 50 }, (_, i) => {
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

/** The three departments with the most events past their limit. */
const latest = ({ raws, at, known }: Told): number[] =>
  Object.values(overdueBy(raws, at, known, ({ department }) => department ?? 'none'))
    .sort((a, b) => b - a)
    .slice(0, 3);

/** What each screen must show, from the logs alone. */
const screens = {
  small: {
    path: '/small?still',
    size: { width: 420, height: 900 },
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
    wanted: (told: Told): Seen => ({
      'headline event.reported': [partOf(told, 'event.reported today')],
      'headline event.on_time_close_rate': [partOf(told, 'event.on_time_close_rate P30D')],
      'headline event.overdue': [partOf(told, 'event.overdue today')],
      'open-levels event.open': [partOf(told, 'event.open today'), ...inOrder(byLevel(told), ['1', '2', '3', '4'])],
    }),
  },
};

/** Moves the clock of a page that stands, and reads it once all of it stands at the new instant. */
const readAt = async (page: Page, at: string, known: Known): Promise<Seen> => {
  await page.evaluate(
    ([instant, record]) => {
      const url = new URL(location.href);
      url.searchParams.set('at', instant);
      url.searchParams.set('k', record);
      history.pushState(null, '', url);
    },
    [at, known] as const,
  );
  await page.waitForFunction(
    (instant) => {
      const figures = [...document.querySelectorAll<HTMLElement>('[data-panel] [data-as-of]')];
      const own = figures.filter((figure) => !figure.closest('[data-past]'));
      const waiting = document.querySelector('[data-panel][data-state="waiting"]');
      return own.length > 5 && !waiting && own.every(({ dataset }) => dataset.asOf === instant);
    },
    at,
    { timeout: 30_000 },
  );
  const seen = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-panel] [data-metric]')].map((figure) => [
      `${figure.closest<HTMLElement>('[data-panel]')?.dataset.panel} ${figure.dataset.metric}`,
      Number(figure.dataset.value || Number.NaN),
    ]),
  );
  const by: Seen = {};
  for (const [name, value] of seen as [string, number][]) by[name] = [...(by[name] ?? []), value];
  return by;
};

for (const [screen, { path, size, wanted }] of Object.entries(screens))
  test(`${screen}: figures at fifty instants are those of the raw logs`, async ({ page }, info) => {
    test.setTimeout(600_000);
    const raws = await readLogs(info);
    const instants = instantsOf(raws);
    await page.setViewportSize(size);
    await page.goto(`${path}&at=${new Date(instants[49] ?? 0).toISOString()}`);
    await expect(page.locator('[data-panel]').first()).toBeVisible({ timeout: 60_000 });
    for (const [i, at] of instants.entries()) {
      const known = knowns[i % 2] ?? 'now';
      const iso = new Date(at).toISOString();
      const seen = await readAt(page, iso, known);
      const expected = wanted({ figures: figuresAt(raws, at, known), raws, at, known });
      for (const [name, values] of Object.entries(expected)) {
        const given = seen[name] ?? [];
        expect(given, `${name} ${known} ${iso}`).toHaveLength(values.length);
        for (const [n, value] of values.entries()) expect(given[n], `${name} ${known} ${iso}`).toBeCloseTo(value, 6);
      }
    }
  });
