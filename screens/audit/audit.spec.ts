import { expect, type Page, test } from '@playwright/test';
import type { Lang } from '@/data/model/format';
import { deskPages, scenes } from '@/data/model/view';
import { type AccessFault, accessFaults, isGrave } from '../access';
import { untilReady } from '../ready';
import { type Seams, walkText } from '../walker';
import { shareOf } from './hue';

/** Instant at which the demo of the tests has a day behind it (playwright.config.ts). */
const at = encodeURIComponent('2026-11-22T02:00:00.000Z');

/** Alert hues of the dark theme (tokens.css). */
const alerts = ['#4da3ff', '#ffe15a', '#ff9a3d', '#f5413f'];
/** Most of a wall that may stand in alert hues: a wall where much is coloured warns of nothing. */
const mostAlert = 0.02;

const both: readonly Lang[] = ['zh', 'en'];

/** A wall of 1.25 mm pixels: size in px, distance of the furthest seat in metres, seams of its cabinets; Chinese unless said. */
type Install = { width: number; height: number; distance: number; seams: Seams; langs?: readonly Lang[] };

const seamless: Seams = { x: [], y: [] };

/** Walls at their own pixels: with cabinets that meet at seams, an odd one, every tier, one with room for a single wing, a laptop. */
const walls: Install[] = [
  { width: 7680, height: 2160, distance: 8, seams: { x: [1920, 3840, 5760], y: [1080] }, langs: both },
  { width: 6656, height: 1792, distance: 8, seams: seamless, langs: both },
  { width: 5760, height: 1080, distance: 4, seams: { x: [1920, 3840], y: [] } },
  { width: 5760, height: 1080, distance: 8, seams: { x: [1920, 3840], y: [] } },
  { width: 3840, height: 1080, distance: 4, seams: seamless },
  { width: 2880, height: 540, distance: 4, seams: seamless },
  { width: 1600, height: 900, distance: 5, seams: seamless, langs: both },
  { width: 1080, height: 1920, distance: 4, seams: seamless, langs: both },
  { width: 1920, height: 1080, distance: 4, seams: seamless, langs: both },
];

/** A mobile number, an identity number, a masked name, a room: none may stand on a wall. */
const people = [
  /(?<!\d)1[3-9]\d{9}(?!\d)/,
  /(?<!\d)\d{17}[\dX]/,
  /\p{Script=Han}\*{1,2}/u,
  /\d+(号|栋|单元)\d*\p{Script=Han}*\d+(室|房)/u,
];

type Router = { replace: (url: string) => void };

const ready = (page: Page, screen: string) => untilReady(page, `[data-screen="${screen}"]`, { timeout: 120_000 });

/** Whether the page scrolls sideways or down. */
const scrolls = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { x: scrollWidth > innerWidth, y: scrollHeight > innerHeight };
  });

const wcag = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
// the one rule of WCAG 2.2 that axe leaves out unless asked
const rules = { 'target-size': { enabled: true } };

/** What axe finds against WCAG 2.2 AA, and whatever else keeps people out. */
const faultsOf = async (page: Page): Promise<AccessFault[]> =>
  (await accessFaults(page, { rules })).filter(
    (fault) => isGrave(fault) || fault.tags.some((tag) => wcag.includes(tag)),
  );
const graveFaultsOf = async (page: Page): Promise<AccessFault[]> => (await accessFaults(page)).filter(isGrave);

/** The page beside its golden picture; a few pixels may differ by the browser's own drawing of type. */
const looksAs = (page: Page, name: string) =>
  expect(page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.01, timeout: 60_000 });

const clean = { small: [], overlapping: [], outside: [], clipped: [], onSeam: [], untold: [] };

/** The wall as installed: its setup is what a browser keeps. */
const hang = (page: Page, { distance, seams }: Install) => {
  const setup = { pitchMm: 1.25, distanceM: distance, seamsX: seams.x, seamsY: seams.y };
  return page.addInitScript(([key, text]) => localStorage.setItem(key, text), [
    'gridhall.wall',
    JSON.stringify(setup),
  ] as const);
};

/** Goes to a scene as a link of the page would: without loading it again. */
const goTo = (page: Page, query: string) =>
  page.evaluate((url) => (window as unknown as { next: { router: Router } }).next.router.replace(url), `/big?${query}`);

/** Panels that neither show something nor say in words that there is nothing. */
const brokenPanels = (page: Page) =>
  page
    .locator('[data-screen] [data-panel]')
    .evaluateAll((nodes) =>
      nodes
        .filter(
          ({ textContent }, i) =>
            (textContent ?? '').trim() === '' || !/^(ready|empty)$/.test(nodes[i]?.getAttribute('data-state') ?? ''),
        )
        .map((node) => node.getAttribute('data-panel')),
    );

const hung = walls.flatMap(({ langs = ['zh'] as const, ...wall }) => langs.map((lang) => ({ wall, lang })));

for (const { wall, lang } of hung)
  test(`wall ${wall.width}×${wall.height} from ${wall.distance} m, ${lang}: type, overlaps, seams, edges, alert hues, nobody's data`, async ({
    page,
  }) => {
    test.setTimeout(600_000);
    await page.setViewportSize(wall);
    await hang(page, wall);
    for (const scene of scenes)
      await test.step(scene, async () => {
        const query = `v=${scene}&at=${at}&still&tour=off&lang=${lang}`;
        if (scene === scenes[0]) await page.goto(`/big?${query}`);
        else await goTo(page, query);
        await expect(page.locator('[data-scene]')).toHaveAttribute('data-scene', scene);
        await ready(page, 'big');
        expect(await brokenPanels(page), scene).toEqual([]);
        const walk = await walkText(page, { seams: wall.seams });
        expect(walk.nLines, scene).toBeGreaterThan(10);
        expect(walk, scene).toMatchObject(clean);
        expect(await scrolls(page), scene).toEqual({ x: false, y: false });
        const words = (await page.locator('[data-screen]').textContent()) ?? '';
        for (const pattern of people) expect(words, scene).not.toMatch(pattern);
        expect(await shareOf(await page.screenshot(), alerts), scene).toBeLessThan(mostAlert);
        if (wall.width === 1920 && lang === 'zh') await looksAs(page, `big-${scene}`);
      });
  });

/** Smallest type of desk, tablet and phone, px. */
const leastPx = 13;

/** The desk's own sizes, a small one, and the usual one at twice the size, where rows may be cut short. */
const desks = [
  { width: 1920, height: 1080, isWhole: true },
  { width: 2560, height: 1440, isWhole: true },
  { width: 1280, height: 800, isWhole: false },
  { width: 960, height: 540, isWhole: false },
];

test.describe('desk', () => {
  test.use({ viewport: { width: 1920, height: 1080 } });
  test.setTimeout(240_000);

  /** What keeps people out, and, where it must be whole, no row cut short. */
  const judge = async (tab: Page, isWhole: boolean) => {
    const { x, y } = await scrolls(tab);
    expect(x).toBe(false);
    if (isWhole) {
      expect(y).toBe(false);
      expect(await walkText(tab, { leastPx })).toMatchObject(clean);
    }
    expect(await (isWhole ? faultsOf : graveFaultsOf)(tab)).toEqual([]);
  };

  for (const page of deskPages)
    test(`${page}: type, overlaps, edges, access, from 2560 to 960 wide and in English`, async ({ page: tab }) => {
      await tab.goto(`/mid?v=${page}&at=${at}&still`);
      await ready(tab, 'mid');
      await looksAs(tab, `mid-${page}`);
      await test.step('in English', async () => {
        await tab.getByRole('button', { name: 'English' }).click();
        await expect(tab.locator('html')).toHaveAttribute('lang', 'en');
        await ready(tab, 'mid');
        await judge(tab, true);
        await tab.getByRole('button', { name: '中文' }).click();
        await expect(tab.locator('html')).toHaveAttribute('lang', 'zh-CN');
      });
      for (const { width, height, isWhole } of desks)
        await test.step(`${width}×${height}`, async () => {
          await tab.setViewportSize({ width, height });
          await ready(tab, 'mid');
          await judge(tab, isWhole);
        });
    });
});

/** Least side of what a finger presses, px; words inside a sentence may be smaller. */
const leastTarget = 44;

/** Visible buttons and links that are too small for a finger. */
const smallTargets = (page: Page, least: number) =>
  page.evaluate(
    (px) =>
      [...document.querySelectorAll<HTMLElement>('button, a[href], input, select, [role="tab"]')]
        .filter((target) => target.checkVisibility() && getComputedStyle(target).display !== 'inline')
        .map((target) => ({ box: target.getBoundingClientRect(), name: target.ariaLabel ?? target.textContent ?? '' }))
        .filter(({ box }) => box.width > 1 && (box.width < px - 0.5 || box.height < px - 0.5))
        .map(({ box, name }) => `${name} ${Math.round(box.width)}×${Math.round(box.height)}`),
    least,
  );

for (const [width, height] of [
  [1180, 820],
  [820, 1180],
  [390, 844],
] as const)
  test.describe(`tablet and phone ${width}×${height}`, () => {
    test.use({ viewport: { width, height }, hasTouch: true });
    test.setTimeout(240_000);

    for (const lang of both)
      test(`${lang}: type, overlaps, edges, targets, access`, async ({ page }) => {
        await page.goto(`/small?at=${at}&still&lang=${lang}`);
        await ready(page, 'small');
        expect(await walkText(page, { leastPx })).toMatchObject(clean);
        expect((await scrolls(page)).x).toBe(false);
        expect(await smallTargets(page, leastTarget)).toEqual([]);
        expect(await faultsOf(page)).toEqual([]);
        if (lang === 'zh') await looksAs(page, `small-${width}`);
      });
  });
