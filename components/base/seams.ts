import { createContext, useContext } from 'react';

/** Where cabinets of a wall meet, px of the page from the left and from the top. */
export type Seams = { x: readonly number[]; y: readonly number[] };

/** Px on either side of a seam where no words or marks stand. */
export const seamPx = 18;

const none: Seams = { x: [], y: [] };
export const SeamsContext = createContext<Seams>(none);

/** Seams of the wall a panel stands on; none anywhere else. */
export const useSeams = (): Seams => useContext(SeamsContext);
