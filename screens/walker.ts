import type { Page } from '@playwright/test';
import { messages } from '@/data/text';

/** One line of text as it stands on the page, px; `em` = its type size. */
type Line = { text: string; em: number; x: number; y: number; right: number; bottom: number; block: string };

/** What a walk over the page found wrong, in words; empty lists = nothing. */
export type Walk = {
  /** Type below the least size. */
  small: string[];
  /** Lines that meet another. */
  overlapping: string[];
  /** Lines that leave the page sideways; on a wall, which cannot scroll, in any direction. */
  outside: string[];
  /** Words that their own box cuts off. */
  clipped: string[];
  /** Lines within 16 px of a seam between cabinets. */
  onSeam: string[];
  /** Keys of sentences that no text namespace holds. */
  untold: string[];
  nLines: number;
};

/** Every visible line of text with its type size and ink box (the em, not the leading). Runs in the browser. */
const readLines = (): Line[] => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lines: Line[] = [];
  /** The part of a box that no scrolling ancestor hides; null = none. */
  const seen = (element: Element, box: DOMRect) => {
    let [left, top, right, bottom] = [box.x, box.y, box.right, box.bottom];
    for (let up: Element | null = element; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.position === 'fixed') break;
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const frame = up.getBoundingClientRect();
      [left, top] = [Math.max(left, frame.x), Math.max(top, frame.y)];
      [right, bottom] = [Math.min(right, frame.right), Math.min(bottom, frame.bottom)];
    }
    return right - left > 1 && bottom - top > box.height * 0.6 ? { left, right } : null;
  };
  /** Whether a foot or head that stays while its page scrolls lies over the middle of a box. */
  const isCovered = (element: Element, box: DOMRect): boolean => {
    const above = document.elementFromPoint((box.x + box.right) / 2, (box.y + box.bottom) / 2);
    for (let up = above; up && !up.contains(element); up = up.parentElement)
      if (getComputedStyle(up).position === 'sticky') return true;
    return false;
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!parent || text === '' || parent.closest('style,script,noscript,title,option,nextjs-portal')) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(parent);
    // words for screen readers alone stand in a box of one pixel
    if (style.position === 'absolute' && parent.clientWidth <= 1) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const block =
      parent.closest<HTMLElement>('[data-panel]')?.dataset.panel ?? (parent.closest('header') ? 'header' : '');
    const isSvg = parent.closest('svg') !== null;
    for (const box of range.getClientRects()) {
      const part = seen(parent, box);
      if (!part || isCovered(parent, box)) continue;
      lines.push({
        ...{ text, block, x: part.left, right: part.right },
        em: isSvg ? box.height / 1.21 : Number.parseFloat(style.fontSize),
        y: box.y + box.height * 0.14,
        bottom: box.bottom - box.height * 0.14,
      });
    }
  }
  return lines;
};

/** Words that a box without scroll bars cuts off. Runs in the browser. */
const readClipped = (): string[] =>
  [...document.querySelectorAll('[data-panel] *, header *')]
    .filter((element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX) && element.clientWidth > 1)
    .filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) && element.scrollWidth > element.clientWidth + 1,
    )
    .map((element) => element.textContent ?? '');

const meets = (a: Line, b: Line): boolean =>
  Math.min(a.right, b.right) - Math.max(a.x, b.x) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y) > 2;

const nameOf = (line: Line): string => `${line.block}: ${line.text}`;
const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

const namespaces = new Set(Object.keys(messages).map((key) => key.slice(0, key.indexOf('.'))));
const isKey = (text: string): boolean =>
  /^[a-z]+(\.[\w-]+)+$/.test(text) && namespaces.has(text.slice(0, text.indexOf('.')));

const isNumeral = (text: string): boolean => /^[\u2160-\u2163]$/.test(text);

/** Smallest em of a wall in arc-minutes: 26 where Han stands (a face of 24′), 22 for digits and Latin (caps of 16′). */
const leastMinutes = (text: string): number => (isHan(text) ? 26 : 22);

/** Px on either side of a seam where no text may stand. */
const seamPx = 16;

const crosses = (line: Line, seams: Seams): boolean =>
  seams.x.some((at) => line.x < at + seamPx && line.right > at - seamPx) ||
  seams.y.some((at) => line.y < at + seamPx && line.bottom > at - seamPx);

/** Seams between cabinets, px from the left and from the top. */
export type Seams = { x: readonly number[]; y: readonly number[] };

/**
 * Reads every line of text: its size (on a wall as an angle by the page's `--u`, elsewhere at least `leastPx`), whether
 * it meets another, leaves the page, is cut off or stands on a seam.
 */
export const walkText = async (
  page: Page,
  { leastPx, seams }: { leastPx?: number; seams?: Seams } = {},
): Promise<Walk> => {
  const lines = await page.evaluate(readLines);
  const { unit, width, height } = await page.evaluate(() => ({
    unit: Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--u')),
    width: innerWidth,
    height: innerHeight,
  }));
  const isOutside = ({ x, y, right, bottom }: Line) =>
    x < -0.5 || right > width + 0.5 || (leastPx === undefined && (y < 0 || bottom > height));
  // off the wall a level's numeral is part of its mark, which shape and colour tell as well
  const leastOf = (text: string) => (leastPx === undefined ? leastMinutes(text) * unit : isNumeral(text) ? 0 : leastPx);
  return {
    small: lines
      .filter(({ text, em }) => em < leastOf(text) - 0.6)
      .map((line) => `${nameOf(line)} ${line.em.toFixed(1)} px`),
    overlapping: lines.flatMap((a, i) =>
      lines
        .slice(i + 1)
        .filter((b) => meets(a, b))
        .map((b) => `${nameOf(a)} × ${nameOf(b)}`),
    ),
    outside: lines.filter(isOutside).map(nameOf),
    clipped: await page.evaluate(readClipped),
    onSeam: seams ? lines.filter((line) => crosses(line, seams)).map(nameOf) : [],
    untold: lines.filter(({ text }) => isKey(text)).map(nameOf),
    nLines: lines.length,
  };
};
