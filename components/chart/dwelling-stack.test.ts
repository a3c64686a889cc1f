import { describe, expect, it } from 'vitest';
import { neighbourOf, type StackDwelling, stackOf, toneOf } from './dwelling-stack';

const dwelling = (unit: number, floor: number, room: string): StackDwelling => ({
  code: `${unit}-${room}`,
  unit,
  floor,
  room,
  houseUse: '1',
});
const stack = stackOf([
  dwelling(1, 1, '102'),
  dwelling(1, 1, '101'),
  dwelling(1, 3, '301'),
  dwelling(2, 1, '101'),
  dwelling(2, 3, '301'),
]);

describe('dwelling stack', () => {
  it('orders floors from the top, entrances and rooms from the left, and keeps empty floors', () => {
    expect(stack.floors).toEqual([3, 2, 1]);
    expect(stack.units.map(({ unit, width }) => [unit, width])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(stack.units[0]?.cells.map(({ dwelling: d, column, row }) => [d.code, column, row])).toEqual([
      ['1-101', 0, 2],
      ['1-102', 1, 2],
      ['1-301', 0, 0],
    ]);
  });

  it('holds every dwelling once', () => {
    expect(stack.units.flatMap(({ cells }) => cells)).toHaveLength(5);
    expect(stackOf([])).toEqual({ floors: [], units: [] });
  });

  it('walks by arrow keys, over entrances and past empty floors', () => {
    expect(neighbourOf(stack, '1-101', 'ArrowRight')).toBe('1-102');
    expect(neighbourOf(stack, '1-102', 'ArrowRight')).toBe('2-101');
    expect(neighbourOf(stack, '2-101', 'ArrowRight')).toBeNull();
    expect(neighbourOf(stack, '2-101', 'ArrowUp')).toBe('2-301');
    expect(neighbourOf(stack, '1-301', 'ArrowDown')).toBe('1-101');
  });

  it('knows no ground floor 0 between a basement and the first', () => {
    expect(stackOf([dwelling(1, -1, 'B01'), dwelling(1, 1, '101')]).floors).toEqual([1, -1]);
  });

  it('gives each use a tone', () => {
    expect(['1', '2', '3', '4', '5', '6', '7', '9', 'x'].map(toneOf)).toEqual([
      'own',
      'let',
      'trade',
      'vacant',
      'trade',
      'dormitory',
      'trade',
      'other',
      'other',
    ]);
  });
});
