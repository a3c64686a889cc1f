import type { Drawing } from './layer';
import type { MapAndOverlay } from './use-map';

/** Pixels of all pictures kept together: the seven scenes of the widest wall. */
const mostPixels = 48_000_000;

const ids = new WeakMap<object, number>();
let lastId = 0;
const idOf = (part: object): number => {
  const known = ids.get(part);
  if (known !== undefined) return known;
  lastId += 1;
  ids.set(part, lastId);
  return lastId;
};

/** All that a picture of the map depends on: what is drawn, from where, how large. Equal keys, equal pictures. */
export const pictureKey = ({ map, look }: MapAndOverlay, drawings: readonly Drawing[]): string => {
  const { lng, lat } = map.getCenter();
  const { width, height } = map.getCanvas();
  const camera = [lng, lat, map.getZoom(), map.getPitch(), map.getBearing()];
  return [idOf(look.palette), look.lang, look.captionPx, width, height, ...camera, ...drawings.map(idOf)].join(' ');
};

/** Pictures of maps by key, the ones last shown; older ones are let go beyond the pixels allowed. */
export const keepPictures = () => {
  const kept = new Map<string, ImageBitmap>();
  const drop = (key: string) => {
    kept.get(key)?.close();
    kept.delete(key);
  };
  const sizeOf = ({ width, height }: ImageBitmap) => width * height;
  return {
    has: (key: string): boolean => kept.has(key),
    get: (key: string): ImageBitmap | null => {
      const found = kept.get(key) ?? null;
      if (found) {
        kept.delete(key);
        kept.set(key, found);
      }
      return found;
    },
    put: (key: string, picture: ImageBitmap): void => {
      drop(key);
      kept.set(key, picture);
      let pixels = [...kept.values()].reduce((sum, each) => sum + sizeOf(each), 0);
      for (const [old, each] of kept) {
        if (pixels <= mostPixels) break;
        pixels -= sizeOf(each);
        drop(old);
      }
    },
    clear: (): void => {
      for (const key of [...kept.keys()]) drop(key);
    },
  };
};
export type KeptPictures = ReturnType<typeof keepPictures>;
