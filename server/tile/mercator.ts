/** Web Mercator of a position, both axes 0–1, y southwards. */
export const projectLngLat = (lng: number, lat: number): [number, number] => {
  const sin = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return [lng / 360 + 0.5, 0.5 - (0.25 * Math.log((1 + sin) / (1 - sin))) / Math.PI];
};

/** Mercator is stored as unsigned 32-bit steps: 9 mm on the ground, where Float32 would be 2.4 m. */
export const steps = 2 ** 32;
