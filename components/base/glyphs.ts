import { useSyncExternalStore } from 'react';

const loaded = new Set<string>();
/** Characters whose font file did not come; they are asked for again until it does. */
const missing = new Set<string>();
const listeners = new Set<() => void>();
let generation = 0;

const families = ['Noto Sans SC Variable', 'Inter Variable'];
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

const isOwn = ({ href }: CSSStyleSheet): boolean => href === null || href.startsWith(location.origin);

/** Font rules of the page for these families that hold a character: which are asked for anew. */
const rulesWith = (chars: readonly string[]): CSSFontFaceRule[] =>
  [...document.styleSheets]
    .filter(isOwn)
    .flatMap((sheet) =>
      [...sheet.cssRules].filter(
        (rule): rule is CSSFontFaceRule =>
          rule instanceof CSSFontFaceRule &&
          families.includes(rule.style.getPropertyValue('font-family').replaceAll(/["']/g, '')) &&
          chars.some((char) => holds(rule.style.getPropertyValue('unicode-range'), char)),
      ),
    );

/** Whether a `unicode-range` (`U+4e00-4e03, U+2160`) holds a character; an empty one holds all. */
export const holds = (unicodeRange: string, char: string): boolean => {
  const code = char.codePointAt(0) ?? 0;
  if (unicodeRange === '') return true;
  return unicodeRange.split(',').some((part) => {
    const [from = 0, to = from] = part
      .trim()
      .replace(/^u\+/i, '')
      .split('-')
      .map((hex) => Number.parseInt(hex, 16));
    return code >= from && code <= to;
  });
};

/** A browser asks once for the file of a rule: a face of the same rule beside it is asked for anew. */
const fetchAnew = async (rule: CSSFontFaceRule): Promise<void> => {
  const { style, parentStyleSheet } = rule;
  const base = parentStyleSheet?.href ?? document.baseURI;
  const source = style
    .getPropertyValue('src')
    .replaceAll(/url\((["']?)(.*?)\1\)/g, (_, _quote, url) => `url("${new URL(url, base).href}")`);
  const face = new FontFace(style.getPropertyValue('font-family').replaceAll(/["']/g, ''), source, {
    weight: style.getPropertyValue('font-weight') || 'normal',
    unicodeRange: style.getPropertyValue('unicode-range') || 'U+0-10FFFF',
  });
  await face.load();
  document.fonts.add(face);
};

const retry = async (pauseMs: number): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
  const chars = [...missing];
  // words of the page itself may have lost the same files' neighbours
  const onPage = new Set(document.body.textContent ?? '');
  const results = await Promise.allSettled(rulesWith([...chars, ...onPage]).map(fetchAnew));
  if (results.some(({ status }) => status === 'rejected')) return retry(Math.min(longestPauseMs, pauseMs * 2));
  for (const char of chars) {
    missing.delete(char);
    loaded.add(char);
  }
  generation += 1;
  for (const notify of listeners) notify();
  if (missing.size > 0) return retry(firstPauseMs);
};

/**
 * Loads the font files that hold these characters; resolves true when new ones came in. Canvas and WebGL text stays
 * tofu for ever when drawn before its subset of the web font is there, so everything that draws text calls this first.
 * Files that fail are asked for again in the background; `useGlyphs` tells when they have come.
 */
export const loadGlyphs = async (text: string): Promise<boolean> => {
  const fresh = [...new Set(text)].filter((char) => !loaded.has(char) && !missing.has(char));
  if (fresh.length === 0) return false;
  const chars = fresh.join('');
  const results = await Promise.allSettled(
    families.flatMap((family) => [400, 600].map((weight) => document.fonts.load(`${weight} 24px "${family}"`, chars))),
  );
  if (results.every(({ status }) => status === 'fulfilled')) {
    for (const char of fresh) loaded.add(char);
    return true;
  }
  const isAsking = missing.size > 0;
  for (const char of fresh) missing.add(char);
  if (!isAsking) void retry(firstPauseMs);
  return false;
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Rises when characters that stood as tofu have come: what was drawn with them is drawn anew. */
export const useGlyphs = (): number =>
  useSyncExternalStore(
    subscribe,
    () => generation,
    () => 0,
  );
