import type { LngLat } from '@/data/model/geo';

/** A rectangle on the stage, px from its top left corner. */
export type Box = { left: number; top: number; right: number; bottom: number };

/** Web Mercator, 0–1, y southwards. */
const project = ([lng, lat]: LngLat): [number, number] => [
  lng / 360 + 0.5,
  0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI),
];

const unproject = ([x, y]: [number, number]): LngLat => [
  (x - 0.5) * 360,
  (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI,
];

const tilePx = 512;
/** Sizes tried, each 1 % below the last, and places tried for each across the free room, from its middle. */
const nSizes = 50;
const shares = Array.from({ length: 21 }, (_, i) => 0.5 + (i % 2 ? -1 : 1) * Math.ceil(i / 2) * 0.05);

const extentOf = (points: [number, number][]): Box => {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
};

const isInside = (x: number, y: number, { left, top, right, bottom }: Box) =>
  x > left && x < right && y > top && y < bottom;

/** Whether an outline leaves more room in the lower left corner of its extent than in the upper left one; false without points. */
export const isRoomierBelow = (outline: readonly LngLat[]): boolean => {
  const points = outline.map(project);
  const { left, top, right, bottom } = extentOf(points);
  const beside = extentOf(points.filter(([x]) => x < (left + right) / 2));
  return bottom - beside.bottom > beside.top - top;
};

type Fit = { center: LngLat; zoom: number };

/**
 * The camera that shows an outline as large as it goes inside `room` with none of its points under a cover. Where no
 * size down to 60 % is clear of them, the outline fills the room and the covers lie on it.
 */
export const fitClear = (
  outline: readonly LngLat[],
  stage: { width: number; height: number },
  room: Box,
  covers: Box[],
  maxZoom: number,
): Fit | null => {
  const points = outline.map(project);
  const extent = extentOf(points);
  const [width, height] = [extent.right - extent.left, extent.bottom - extent.top];
  const [roomWidth, roomHeight] = [room.right - room.left, room.bottom - room.top];
  if (points.length === 0 || roomWidth <= 0 || roomHeight <= 0) return null;
  const fullest = Math.min(
    roomWidth / Math.max(width, 1e-9),
    roomHeight / Math.max(height, 1e-9),
    tilePx * 2 ** maxZoom,
  );
  const cameraAt = (scale: number, left: number, top: number): Fit => ({
    center: unproject([extent.left + (stage.width / 2 - left) / scale, extent.top + (stage.height / 2 - top) / scale]),
    zoom: Math.log2(scale / tilePx),
  });
  // a point under a cover is most often under it at the next place too
  let first = points[0] as [number, number];
  for (let i = 0; i < nSizes; i++) {
    const scale = fullest * 0.99 ** i;
    for (const across of shares)
      for (const down of shares) {
        const left = room.left + (roomWidth - width * scale) * across;
        const top = room.top + (roomHeight - height * scale) * down;
        const isCovered = ([x, y]: [number, number]) =>
          covers.some((box) => isInside(left + (x - extent.left) * scale, top + (y - extent.top) * scale, box));
        if (isCovered(first)) continue;
        const covered = points.find(isCovered);
        if (!covered) return cameraAt(scale, left, top);
        first = covered;
      }
  }
  const [left, top] = [(roomWidth - width * fullest) / 2, (roomHeight - height * fullest) / 2];
  return cameraAt(fullest, room.left + left, room.top + top);
};
