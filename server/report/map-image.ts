import sharp from 'sharp';
import type { AreaPicture } from '@/data/reports/area-picture';
import { paperColour } from '@/data/reports/paper-colour';

/** Dots of the image per unit of the picture: about 200 an inch on A4. */
const sharpness = 2;

/** The lines of a map picture; areas of which nothing is told are hatched. No letters: a server may have no fonts. */
export const svgOf = ({ width, height, areas }: AreaPicture): string => {
  const paths = areas.map(({ path, token }) => {
    const fill = token === null ? 'url(#hatch)' : (paperColour[token] ?? '#ffffff');
    return `<path d="${path}" fill="${fill}" fill-rule="evenodd" stroke="${paperColour['line-2']}" stroke-width="0.6"/>`;
  });
  const hatch = `<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="${paperColour['surface-2']}"/><path d="M0 5L5 0" stroke="${paperColour['line-2']}" stroke-width="0.7"/></pattern>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width * sharpness}" height="${height * sharpness}" viewBox="0 0 ${width} ${height}"><defs>${hatch}</defs><rect width="100%" height="100%" fill="#ffffff"/>${paths.join('')}</svg>`;
};

/** The map picture as PNG. */
export const pngOf = (picture: AreaPicture): Promise<Buffer> =>
  sharp(Buffer.from(svgOf(picture)))
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
