/** Colour of a token of tokens.css by its name without dashes in front (`map-land`), as `#rrggbb`. */
export type Palette = (token: string) => string;

/** Reads tokens as they stand on an element: theme and overrides included. An unknown token is a programming error. */
export const readPalette = (element: Element): Palette => {
  const styles = getComputedStyle(element);
  return (token) => {
    // minifiers write #fff for #ffffff
    const value = styles
      .getPropertyValue(`--${token}`)
      .trim()
      .replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
    if (!/^#[0-9a-f]{6}$/i.test(value)) throw new Error(`No colour token --${token}.`);
    return value;
  };
};

export type Rgba = [number, number, number, number];

/** `#rrggbb` as deck.gl wants it; opacity 0–1. */
export const rgbaOf = (hex: string, opacity = 1): Rgba => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
  Math.round(opacity * 255),
];

/** The colour `share` of the way from one colour to another; basemap steps are mixed from tokens, never invented. */
export const mix = (from: string, to: string, share: number): string => {
  const [a, b] = [rgbaOf(from), rgbaOf(to)];
  const channel = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * share);
  return `#${[channel(0), channel(1), channel(2)].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};

/** `rgba(…)` text for style expressions. */
export const withOpacity = (hex: string, opacity: number): string => {
  const [r, g, b] = rgbaOf(hex);
  return `rgba(${r},${g},${b},${opacity})`;
};
