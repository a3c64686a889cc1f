/**
 * What the map library's worker does to a building tile: reads it, cuts roofs into triangles, hands over typed arrays.
 * Text, since a worker thread of Node is started from plain JavaScript.
 */
export const tileWorker = `
  const { parentPort } = require('node:worker_threads');
  const { VectorTile } = require('@mapbox/vector-tile');
  const Protobuf = require('pbf');
  const earcut = require('earcut');
  parentPort.on('message', (tile) => {
    const layer = new VectorTile(new Protobuf(tile)).layers.building;
    const corners = [], indices = [], heights = [];
    for (let i = 0; layer && i < layer.length; i++) {
      const feature = layer.feature(i);
      for (const ring of feature.loadGeometry()) {
        const first = corners.length / 2;
        const flat = ring.flatMap(({ x, y }) => [x, y]);
        corners.push(...flat);
        for (const corner of earcut(flat)) indices.push(first + corner);
        for (let j = 0; j < ring.length; j++) heights.push(3 * feature.properties.storeys);
      }
    }
    const arrays = [new Int16Array(corners), new Uint32Array(indices), new Uint16Array(heights)];
    parentPort.postMessage({ n: layer ? layer.length : 0, arrays }, arrays.map(({ buffer }) => buffer));
  });
`;
