/** A ring of an area, px. */
export type Ring = readonly (readonly [number, number])[];

/** Square cells over areas: whose each is, and how far it lies from where another's begin. */
export type Raster = {
  /** Side of a cell and the corner of the first, px. */
  cell: number;
  left: number;
  top: number;
  columns: number;
  rows: number;
  /** Index of the area a cell's middle lies in, row by row; −1 = none. */
  owner: Int16Array;
  /** Cells to the nearest one of another owner, counted along rows and columns; 0 at an edge. */
  depth: Uint16Array;
};

type Owners = Omit<Raster, 'depth'>;

/** Where the edges of the rings cross the middle of each row of cells, px across. */
const crossings = (rings: readonly Ring[], { cell, top, rows }: Owners): number[][] => {
  const across: number[][] = Array.from({ length: rows }, () => []);
  for (const ring of rings)
    for (const [i, [x, y]] of ring.entries()) {
      const [toX, toY] = ring[(i + 1) % ring.length] ?? [x, y];
      const [low, high] = [Math.min(y, toY), Math.max(y, toY)];
      const first = Math.max(0, Math.ceil((low - top) / cell - 0.5));
      for (let row = first; row < rows; row++) {
        const middle = top + (row + 0.5) * cell;
        if (middle >= high) break;
        across[row]?.push(x + ((middle - y) / (toY - y)) * (toX - x));
      }
    }
  return across;
};

const fillOwner = (raster: Owners, rings: readonly Ring[], index: number): void => {
  const { cell, left, columns, owner } = raster;
  for (const [row, across] of crossings(rings, raster).entries()) {
    const sorted = across.toSorted((a, b) => a - b);
    for (let i = 0; i + 1 < sorted.length; i += 2) {
      const first = Math.max(0, Math.ceil(((sorted[i] ?? 0) - left) / cell - 0.5));
      for (let column = first; column < columns; column++) {
        if (left + (column + 0.5) * cell >= (sorted[i + 1] ?? 0)) break;
        owner[row * columns + column] = index;
      }
    }
  }
};

/** Two sweeps, there and back: a cell lies one deeper than the shallower of its neighbours of the same owner. */
const fillDepth = ({ columns, rows, owner, depth }: Raster): void => {
  const sweep = (order: readonly number[], steps: readonly [number, number]) => {
    for (const at of order) {
      const [column, row] = [at % columns, Math.floor(at / columns)];
      const isEdge = column === 0 || row === 0 || column === columns - 1 || row === rows - 1;
      const least = Math.min(
        ...steps.map((step) => (!isEdge && owner[at + step] === owner[at] ? (depth[at + step] ?? 0) + 1 : 0)),
      );
      depth[at] = Math.min(depth[at] ?? 0, least);
    }
  };
  depth.fill(2 ** 16 - 1);
  const forth = Array.from({ length: owner.length }, (_, i) => i);
  sweep(forth, [-1, -columns]);
  sweep(forth.toReversed(), [1, columns]);
};

type Extent = { left: number; top: number; right: number; bottom: number };

/** Areas as cells, by their rings (holes are rings too, by even and odd), as far as they lie within bounds. */
export const ownersOf = (areas: readonly (readonly Ring[])[], cell: number, bounds: Extent): Owners => {
  const corners = areas.flat(2);
  const least = (of: 0 | 1) => corners.reduce((found, corner) => Math.min(found, corner[of]), Number.POSITIVE_INFINITY);
  const most = (of: 0 | 1) => corners.reduce((found, corner) => Math.max(found, corner[of]), Number.NEGATIVE_INFINITY);
  // without any area nothing of the bounds is one
  const hasAreas = corners.length > 0;
  const [left, top] = hasAreas
    ? [Math.max(bounds.left, least(0)) - cell, Math.max(bounds.top, least(1)) - cell]
    : [bounds.left, bounds.top];
  const [right, bottom] = hasAreas ? [Math.min(bounds.right, most(0)), Math.min(bounds.bottom, most(1))] : [left, top];
  const isEmpty = !(right > left && bottom > top);
  const columns = isEmpty ? 0 : Math.ceil((right - left) / cell) + 1;
  const rows = isEmpty ? 0 : Math.ceil((bottom - top) / cell) + 1;
  const owner = new Int16Array(columns * rows).fill(-1);
  const raster = { cell, left, top, columns, rows, owner };
  for (const [index, rings] of areas.entries()) fillOwner(raster, rings, index);
  return raster;
};

/** The same, and how deep in its area each cell lies. */
export const rasterOf = (areas: readonly (readonly Ring[])[], cell: number, bounds: Extent): Raster => {
  const owners = ownersOf(areas, cell, bounds);
  const raster = { ...owners, depth: new Uint16Array(owners.owner.length) };
  fillDepth(raster);
  return raster;
};

/** Index of the area at a place; −1 = none. */
export const ownerAt = ({ cell, left, top, columns, rows, owner }: Raster, x: number, y: number): number => {
  const [column, row] = [Math.floor((x - left) / cell), Math.floor((y - top) / cell)];
  return column >= 0 && row >= 0 && column < columns && row < rows ? (owner[row * columns + column] ?? -1) : -1;
};

/** What lies under a box: the shares of it that are an area's own, and other areas'. */
export const sharesUnder = (
  { cell, left, top, columns, rows, owner }: Raster,
  box: { left: number; top: number; right: number; bottom: number },
  index: number,
): { own: number; foreign: number } => {
  const column = (x: number) => Math.floor((x - left) / cell);
  const row = (y: number) => Math.floor((y - top) / cell);
  let [own, foreign, all] = [0, 0, 0];
  for (let r = row(box.top); r <= row(box.bottom); r++)
    for (let c = column(box.left); c <= column(box.right); c++) {
      all += 1;
      const isOn = r >= 0 && c >= 0 && r < rows && c < columns;
      const found = isOn ? (owner[r * columns + c] ?? -1) : -1;
      if (found === index) own += 1;
      else if (found >= 0) foreign += 1;
    }
  return { own: own / all, foreign: foreign / all };
};
