import { load } from 'exifreader';
import sharp from 'sharp';
import { refuse } from '@/data/model/intake';
import { photoLimit, photoType } from './rules';

/** A photo made anew from its pixels alone. */
export type CleanPhoto = { full: Buffer; thumb: Buffer; width: number; height: number };

/** Where and when a photo says it was taken; local time without a zone is left out. */
export const readTaken = (bytes: Buffer): { position: [number, number] | null; takenAt: string | null } => {
  try {
    const { exif, gps } = load(bytes, { expanded: true, excludeTags: { xmp: true, iptc: true, icc: true } });
    const { Longitude: lng, Latitude: lat } = gps ?? {};
    const isPlace =
      typeof lng === 'number' &&
      typeof lat === 'number' &&
      Math.abs(lng) <= 180 &&
      Math.abs(lat) <= 90 &&
      !(lng === 0 && lat === 0);
    const zone = exif?.OffsetTimeOriginal?.description ?? '';
    const local = exif?.DateTimeOriginal?.description.replace(/^(\d+):(\d+):(\d+) /, '$1-$2-$3T') ?? '';
    const at = Date.parse(`${local}${zone}`);
    return {
      position: isPlace ? [lng, lat] : null,
      takenAt: zone === '' || Number.isNaN(at) ? null : new Date(at).toISOString(),
    };
  } catch {
    return { position: null, takenAt: null };
  }
};

const refused = (error: unknown) =>
  /pixel limit/i.test(String(error))
    ? refuse('photo_pixels', 'The photo has too many pixels.', { pixels: photoLimit.pixels / 1e6 })
    : refuse('photo_broken', 'The photo cannot be read.');

let last: Promise<unknown> = Promise.resolve();

/** One photo at a time: a decoded one takes up to 200 MB. */
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const mine = last.then(work);
  last = mine.catch(() => undefined);
  return mine;
};

const encodeAnew = async (bytes: Buffer): Promise<CleanPhoto> => {
  try {
    const side = { fit: 'inside', withoutEnlargement: true } as const;
    const source = sharp(bytes, { limitInputPixels: photoLimit.pixels, failOn: 'error' }).rotate();
    const { data, info } = await source
      .resize({ ...side, width: photoLimit.side, height: photoLimit.side })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
    const thumb = await sharp(data)
      .resize({ ...side, width: photoLimit.thumb, height: photoLimit.thumb })
      .jpeg({ quality: 76 })
      .toBuffer();
    return { full: data, thumb, width: info.width, height: info.height };
  } catch (error) {
    throw refused(error);
  }
};

/** Decodes a photo and encodes it anew as JPEG: what is kept holds pixels and nothing that came with them. */
export const cleanPhoto = async (bytes: Buffer): Promise<CleanPhoto> => {
  if (photoType(bytes) === null) throw refuse('photo_type', 'Only JPEG, PNG and WebP photos are taken.');
  return inTurn(() => encodeAnew(bytes));
};
