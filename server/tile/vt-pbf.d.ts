declare module 'vt-pbf' {
  type TileFeature = {
    type: 1 | 2 | 3;
    geometry: [number, number][][];
    tags: Record<string, string | number | boolean | null>;
  };
  export const fromGeojsonVt: (
    layers: Record<string, { features: TileFeature[] }>,
    options: { version: number; extent: number },
  ) => Uint8Array;
}
