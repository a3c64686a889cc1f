import type { IconAtlas } from './icon-atlas';
import type { Palette } from './palette';

/** Groups of list `asset-group`; an entity; an empty disc for a count; the last two for what is abnormal. */
export type AssetIconName =
  | 'force'
  | 'base'
  | 'key_part'
  | 'key_area'
  | 'entity'
  | 'disc'
  | 'entity-abnormal'
  | 'disc-abnormal';

const shop = 'M6 10.5V18h12v-7.5M5 10.5 6.5 6h11l1.5 4.5ZM10.5 18v-4h3v4';

/** Strokes on a 24 unit square: shield, house, bolt, flag, shop front. Neutral: colour is kept for the abnormal. */
const strokes: Record<AssetIconName, string> = {
  force: 'M12 4.5 18 7v4.6c0 3.6-2.5 6.3-6 7.9-3.5-1.6-6-4.3-6-7.9V7Z',
  base: 'M5.5 11.5 12 5.5l6.5 6M7.5 10.5v7.5h9v-7.5M10.5 18v-4h3v4',
  key_part: 'M13 5 7 13.2h4.3L10.6 19l6.2-8.4h-4.4Z',
  key_area: 'M7.5 19.5v-14h9l-2 3.6 2 3.6h-9',
  entity: shop,
  disc: '',
  'entity-abnormal': shop,
  'disc-abnormal': '',
};

const cell = 96;

/** Hue of an abnormal thing; the ink on it is dark on either theme. */
export const abnormalToken = 'alert-2';
export const abnormalInk = 'alert-ink-2';

/** Atlas of one glyph a group on a neutral disc. */
export const drawAssetAtlas = (palette: Palette, names: AssetIconName[]): IconAtlas => {
  const image = document.createElement('canvas');
  image.width = cell * names.length;
  image.height = cell;
  const context = image.getContext('2d');
  const mapping: IconAtlas['mapping'] = {};
  for (const [i, name] of names.entries()) {
    mapping[name] = { x: i * cell, y: 0, width: cell, height: cell };
    if (!context) continue;
    const isAbnormal = name.endsWith('-abnormal');
    context.setTransform(cell / 26, 0, 0, cell / 26, i * cell + cell / 26, cell / 26);
    context.beginPath();
    context.arc(12, 12, 11.4, 0, 2 * Math.PI);
    context.fillStyle = palette(isAbnormal ? abnormalToken : 'surface-2');
    context.fill();
    context.lineWidth = 1.2;
    context.strokeStyle = palette(isAbnormal ? abnormalInk : 'line-2');
    context.stroke();
    context.lineWidth = 1.7;
    context.lineJoin = 'round';
    context.lineCap = 'round';
    context.strokeStyle = palette(isAbnormal ? abnormalInk : 'text-1');
    context.stroke(new Path2D(strokes[name]));
  }
  return { image, mapping };
};
