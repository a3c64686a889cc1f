import { groupBy } from '@/data/model/group';

export type StackDwelling = { code: string; unit: number; floor: number; room: string; houseUse: string };

/** Use of a dwelling as the facade shows it: grey lived in by its owner, hues for the rest, an outline for vacant. */
export type UseTone = 'own' | 'let' | 'trade' | 'dormitory' | 'vacant' | 'other';

const tones: Record<string, UseTone> = {
  '1': 'own',
  '2': 'let',
  '3': 'trade',
  '4': 'vacant',
  '5': 'trade',
  '6': 'dormitory',
  '7': 'trade',
};

/** Tone of a word of list `house-use`. */
export const toneOf = (houseUse: string): UseTone => tones[houseUse] ?? 'other';

/** One dwelling on the facade: column within its entrance, row from the top, both from 0. */
export type StackCell = { dwelling: StackDwelling; column: number; row: number };
/** One entrance (单元) of a building: `width` dwellings wide. */
export type StackUnit = { unit: number; width: number; cells: StackCell[] };
/** Facade of a building (分户图): floors from the top down, entrances side by side. */
export type Stack = { floors: number[]; units: StackUnit[] };

const byRoom = new Intl.Collator('en', { numeric: true });

/** Lays dwellings out as floor × entrance × room. A floor without dwellings keeps its row. */
export const stackOf = (dwellings: readonly StackDwelling[]): Stack => {
  if (dwellings.length === 0) return { floors: [], units: [] };
  const levels = dwellings.map(({ floor }) => floor);
  const [top, bottom] = [Math.max(...levels), Math.min(...levels)];
  const floors = Array.from({ length: top - bottom + 1 }, (_, i) => top - i).filter((floor) => floor !== 0);
  const byUnit = [...groupBy(dwellings, ({ unit }) => unit)].sort(([a], [b]) => a - b);
  const units = byUnit.map(([unit, members]) => {
    const cells = [...groupBy(members, ({ floor }) => floor)].flatMap(([floor, rooms]) =>
      rooms
        .sort((a, b) => byRoom.compare(a.room, b.room))
        .map((dwelling, column) => ({ dwelling, column, row: floors.indexOf(floor) })),
    );
    return { unit, width: Math.max(...cells.map(({ column }) => column + 1)), cells };
  });
  return { floors, units };
};

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/** The dwelling next to another on the facade; the nearest on that floor when none stands exactly there. */
export const neighbourOf = (stack: Stack, code: string, direction: Direction): string | null => {
  let offset = 0;
  const placed = stack.units.flatMap(({ width, cells }) => {
    const base = offset;
    offset += width;
    return cells.map(({ dwelling, column, row }) => ({ code: dwelling.code, x: base + column, row }));
  });
  const from = placed.find((cell) => cell.code === code);
  if (!from) return null;
  const isSideways = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowLeft' || direction === 'ArrowUp' ? -1 : 1;
  const ahead = placed.filter((cell) =>
    isSideways ? cell.row === from.row && (cell.x - from.x) * sign > 0 : (cell.row - from.row) * sign > 0,
  );
  const distance = (cell: { x: number; row: number }) =>
    Math.abs(cell.row - from.row) * (isSideways ? 1 : 1000) + Math.abs(cell.x - from.x);
  return ahead.sort((a, b) => distance(a) - distance(b))[0]?.code ?? null;
};
