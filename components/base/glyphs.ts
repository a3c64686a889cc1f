const loaded = new Set<string>();

/**
 * Loads the font files that hold these characters; resolves true when new ones came in. Canvas and WebGL text stays
 * tofu for ever when drawn before its subset of the web font is there, so everything that draws text calls this first.
 */
export const loadGlyphs = async (text: string): Promise<boolean> => {
  const fresh = [...new Set(text)].filter((char) => !loaded.has(char));
  if (fresh.length === 0) return false;
  const chars = fresh.join('');
  await Promise.all([
    document.fonts.load('400 24px "Noto Sans SC Variable"', chars),
    document.fonts.load('600 24px "Noto Sans SC Variable"', chars),
    document.fonts.load('400 24px "Inter Variable"', chars),
    document.fonts.load('600 24px "Inter Variable"', chars),
  ]);
  for (const char of fresh) loaded.add(char);
  return true;
};
