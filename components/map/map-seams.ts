/** Seams of a wall where they cross a map that looks straight down, northwards: meridians and parallels, degrees. */
export type MapSeams = { lng: readonly number[]; lat: readonly number[] };

export const noSeams: MapSeams = { lng: [], lat: [] };

export const hasSeams = ({ lng, lat }: MapSeams): boolean => lng.length + lat.length > 0;
