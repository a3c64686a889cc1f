import type { Map as MapLibreMap } from 'maplibre-gl';

/** Brings a map to the size of its box, which empties its canvas; true when it had another. */
export const fillBox = (map: MapLibreMap): boolean => {
  const box = map.getContainer();
  const canvas = map.getCanvas();
  const isFull = box.clientWidth === canvas.clientWidth && box.clientHeight === canvas.clientHeight;
  if (isFull || box.clientWidth === 0 || box.clientHeight === 0) return false;
  map.resize();
  return true;
};

/** Follows the box of a map. The library's own watch empties the canvas again for a size the map has already. */
export const followBox = (map: MapLibreMap): (() => void) => {
  const observer = new ResizeObserver(() => {
    if (fillBox(map)) map.redraw();
  });
  observer.observe(map.getContainer());
  return () => observer.disconnect();
};
