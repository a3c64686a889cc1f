import { parentPort } from 'node:worker_threads';
import earcut from 'earcut';
import { readTile } from '../../tile/testing-tile';

/** What the map library's worker does to a building tile: reads it, cuts roofs into triangles, hands over typed arrays. */
parentPort?.on('message', (tile: Uint8Array) => {
  const [corners, indices, heights]: [number[], number[], number[]] = [[], [], []];
  const buildings = readTile(tile);
  for (const { ring, properties } of buildings) {
    const first = corners.length / 2;
    const flat = ring.flat();
    corners.push(...flat);
    for (const corner of earcut(flat)) indices.push(first + corner);
    for (let i = 0; i < ring.length; i++) heights.push(3 * Number(properties.storeys));
  }
  const arrays = [new Int16Array(corners), new Uint32Array(indices), new Uint16Array(heights)];
  parentPort?.postMessage(
    { n: buildings.length, arrays },
    arrays.map(({ buffer }) => buffer),
  );
});
