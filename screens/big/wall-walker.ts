import type { Page } from '@playwright/test';

/** One line of text as it stands on the page. */
type Line = { text: string; px: number; x: number; y: number; right: number; bottom: number; block: string };

/** What a walk over the page found wrong; empty lists = nothing. */
export type Walk = { small: string[]; overlapping: string[]; outside: string[]; clipped: string[]; nLines: number };

/**
 * Reads every visible line of text: its size against the visual angle (digits and Latin 22′, Han 24′ of face, so 26′ of
 * em), whether it meets another, leaves the page or is cut off.
 */
export const walkText = (page: Page): Promise<Walk> =>
  page.evaluate(() => {
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--u'));
    const isShown = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const linesOf = (node: Text): Line[] => {
      const parent = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (!parent || text === '' || !isShown(parent) || parent.closest('style,script,noscript,title')) return [];
      const svg = parent.closest('svg');
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].map(({ x, y, right, bottom, height }) => ({
        text,
        px: svg ? height / 1.21 : Number.parseFloat(getComputedStyle(parent).fontSize),
        // the em box, not the line box: leading is no ink
        x,
        y: y + height * 0.14,
        right,
        bottom: bottom - height * 0.14,
        block: parent.closest('[data-panel],header,[data-map]')?.getAttribute('data-panel') ?? '',
      }));
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const lines: Line[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) lines.push(...linesOf(node as Text));
    const name = (line: Line) => `${line.block}: ${line.text}`;
    const least = (line: Line) => (/[\p{Script=Han}]/u.test(line.text) ? 26 : 22) * unit - 0.6;
    const meets = (a: Line, b: Line) =>
      Math.min(a.right, b.right) - Math.max(a.x, b.x) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y) > 2;
    const overlapping: string[] = [];
    lines.forEach((a, i) => {
      for (const b of lines.slice(i + 1)) if (meets(a, b)) overlapping.push(`${name(a)} × ${name(b)}`);
    });
    const clipped = [...document.querySelectorAll('[data-panel] *, header *')].filter((element) => {
      const style = getComputedStyle(element);
      return style.overflowX !== 'visible' && isShown(element) && element.scrollWidth > element.clientWidth + 1;
    });
    return {
      small: lines.filter((line) => line.px < least(line)).map((line) => `${name(line)} ${line.px.toFixed(1)} px`),
      overlapping,
      outside: lines
        .filter(({ x, y, right, bottom }) => x < 0 || y < 0 || right > innerWidth || bottom > innerHeight)
        .map(name),
      clipped: clipped.map((element) => element.textContent ?? ''),
      nLines: lines.length,
    };
  });
