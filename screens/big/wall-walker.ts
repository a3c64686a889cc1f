import type { Page } from '@playwright/test';

/** One line of text as it stands on the page, px. */
type Line = { text: string; px: number; x: number; y: number; right: number; bottom: number; block: string };
type Frame = { unit: number; width: number; height: number; clipped: string[] };

/** What a walk over the page found wrong; empty lists = nothing. */
export type Walk = { small: string[]; overlapping: string[]; outside: string[]; clipped: string[]; nLines: number };

/** Every visible line of text with its size and ink box (the em, not the leading). */
const readLines = (page: Page): Promise<Line[]> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const lines: Line[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (!parent || text === '' || parent.closest('style,script,noscript,title')) continue;
      if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const block = parent.closest('[data-panel]')?.getAttribute('data-panel') ?? '';
      const isSvg = parent.closest('svg') !== null;
      const fontPx = Number.parseFloat(getComputedStyle(parent).fontSize);
      for (const { x, y, right, bottom, height } of range.getClientRects())
        lines.push({
          text,
          px: isSvg ? height / 1.21 : fontPx,
          x,
          y: y + height * 0.14,
          right,
          bottom: bottom - height * 0.14,
          block,
        });
    }
    return lines;
  });

/** The page's unit and size, and texts that their box cuts off. */
const readFrame = (page: Page): Promise<Frame> =>
  page.evaluate(() => ({
    unit: Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--u')),
    width: innerWidth,
    height: innerHeight,
    clipped: [...document.querySelectorAll('[data-panel] *, header *')]
      .filter((element) => getComputedStyle(element).overflowX !== 'visible' && element.checkVisibility())
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.textContent ?? ''),
  }));

/** Smallest em in arc-minutes: 26 where Han stands (a face of 24′), 22 for digits and Latin (caps of 16′). */
const leastMinutes = (text: string) => (/\p{Script=Han}/u.test(text) ? 26 : 22);

const meets = (a: Line, b: Line) =>
  Math.min(a.right, b.right) - Math.max(a.x, b.x) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y) > 2;

const nameOf = (line: Line) => `${line.block}: ${line.text}`;

/** Reads every line of text on a wall: its size as an angle, whether it meets another, leaves the page or is cut off. */
export const walkText = async (page: Page): Promise<Walk> => {
  const lines = await readLines(page);
  const { unit, width, height, clipped } = await readFrame(page);
  const isOutside = ({ x, y, right, bottom }: Line) => x < 0 || y < 0 || right > width || bottom > height;
  return {
    small: lines
      .filter(({ text, px }) => px < leastMinutes(text) * unit - 0.6)
      .map((line) => `${nameOf(line)} ${line.px.toFixed(1)} px`),
    overlapping: lines.flatMap((a, i) =>
      lines
        .slice(i + 1)
        .filter((b) => meets(a, b))
        .map((b) => `${nameOf(a)} × ${nameOf(b)}`),
    ),
    outside: lines.filter(isOutside).map(nameOf),
    clipped,
    nLines: lines.length,
  };
};
