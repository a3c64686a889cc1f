import type { LngLat } from '@/data/model/geo';
import { Refused } from './upload-queue';

const mostBytes = 12 * 1024 * 1024;
const mostSide = 2560;

/** A picture small enough to send: one that is too large is drawn anew; its own words on place and time are lost then. */
export const fitPicture = async (picture: Blob): Promise<Blob> => {
  if (picture.size <= mostBytes || !/^image\/(jpeg|png|webp)$/.test(picture.type)) return picture;
  const image = await createImageBitmap(picture).catch(() => null);
  if (!image) return picture;
  const scale = Math.min(1, mostSide / Math.max(image.width, image.height));
  const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
};

const transient = ['busy', 'unavailable'];

/** Uploads a picture; `Refused` when the server does not take it, any other error when it could not be asked. */
export const uploadPicture = async (
  picture: Blob,
  url = '/api/file',
): Promise<{ id: string; position: LngLat | null }> => {
  const answer = await fetch(url, {
    ...{ method: 'POST', body: picture },
    headers: { 'x-screen': 'small', 'content-type': 'application/octet-stream' },
  });
  if (answer.ok) return answer.json();
  const told: { code?: string; reason?: string } = await answer.json().catch(() => ({}));
  if (!told.code || transient.includes(told.code)) throw new Error(`The photo was not taken: ${answer.status}.`);
  throw new Refused({ code: told.code, reason: told.reason ?? null });
};
