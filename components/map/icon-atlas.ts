import type { EventLevel } from '@/data/model/event';
import { levelShapes } from '../base/level-mark';
import type { Palette } from './palette';
import type { Picture } from './pattern';

/** Pixels of a mark in the atlas; a wall draws it at about this size. */
const atlasCell = 128;
/** Share of a cell the shape fills; the rest is its dark casing. */
const fill = 0.82;
const levels: EventLevel[] = [1, 2, 3, 4];

type Icon = { x: number; y: number; width: number; height: number };

/** Atlas of level marks: `level-n` with its numeral, `cluster-n` empty for a count. Shape and casing as in the lists. */
export type IconAtlas = { image: HTMLCanvasElement; mapping: Record<string, Icon> };

const drawShape = (context: CanvasRenderingContext2D, level: EventLevel, palette: Palette, hasNumeral: boolean) => {
  const { path, textY, numeral } = levelShapes[level];
  const shape = new Path2D(path);
  context.lineJoin = 'round';
  context.strokeStyle = palette('bg-0');
  context.lineWidth = 24 * (1 / fill - 1) * 1.1;
  context.stroke(shape);
  context.fillStyle = palette(`alert-${level}`);
  context.fill(shape);
  if (!hasNumeral) return;
  context.fillStyle = inkOf(level, palette);
  context.font = '700 11.5px "Noto Sans SC Variable", "Inter Variable", sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(numeral, 12, textY + 0.6);
};

/** Ink that is read on a level's fill: dark on the dark theme and on yellow and orange, white on light blue and red. */
export const inkOf = (level: EventLevel, palette: Palette): string => {
  const isDark = Number.parseInt(palette('bg-0').slice(1, 3), 16) < 128;
  return isDark || level === 2 || level === 3 ? '#0b1014' : '#ffffff';
};

/** Draws the atlas, a mark in `cell` px. Load the numerals' font first, or they stay tofu. */
export const drawIconAtlas = (palette: Palette, cell = atlasCell): IconAtlas => {
  const image = document.createElement('canvas');
  image.width = cell * levels.length;
  image.height = cell * 2;
  const context = image.getContext('2d');
  const mapping: IconAtlas['mapping'] = {};
  for (const [column, level] of levels.entries())
    for (const [row, kind] of (['level', 'cluster'] as const).entries()) {
      mapping[`${kind}-${level}`] = { x: column * cell, y: row * cell, width: cell, height: cell };
      if (!context) continue;
      context.setTransform(1, 0, 0, 1, (column + 0.5) * cell, (row + 0.5) * cell);
      context.scale((cell * fill) / 24, (cell * fill) / 24);
      context.translate(-12, -12);
      drawShape(context, level, palette, kind === 'level');
    }
  return { image, mapping };
};

/** The level marks with their numerals as pictures of their own, for symbols of the style. */
export const iconPictures = (palette: Palette, cell = atlasCell): Map<EventLevel, Picture> => {
  const { image, mapping } = drawIconAtlas(palette, cell);
  const context = image.getContext('2d');
  return new Map(
    levels.flatMap((level) => {
      const icon = mapping[`level-${level}`];
      const picture = icon && context?.getImageData(icon.x, icon.y, icon.width, icon.height);
      return picture ? [[level, { width: icon.width, height: icon.height, data: picture.data }] as const] : [];
    }),
  );
};
