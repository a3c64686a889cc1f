import { describe, expect, it } from 'vitest';
import { choiceOf, chosenAfter, classesOff, withChoice } from './legend-filter';

const key = { layer: 'metric-grid', metric: 'event.open', by: 'grid' };
const choice = { ...key, breaks: [5, 10], shown: [0, 2] };

describe('a click in a legend', () => {
  const all = [0, 1, 2, 3];
  it('switches the one clicked; with all on nothing is chosen', () => {
    expect(chosenAfter(all, [], 1, false)).toEqual([0, 2, 3]);
    expect(chosenAfter(all, [0, 2, 3], 1, false)).toEqual([]);
    expect(chosenAfter(all, [2, 3], 0, false)).toEqual([0, 2, 3]);
  });
  it('switches the last one on back to all', () => {
    expect(chosenAfter(all, [2], 2, false)).toEqual([]);
  });
  it('with Alt leaves the one clicked alone, and brings all back from there', () => {
    expect(chosenAfter(all, [], 2, true)).toEqual([2]);
    expect(chosenAfter(all, [0, 1], 2, true)).toEqual([2]);
    expect(chosenAfter(all, [2], 2, true)).toEqual([]);
  });
});

describe('a choice of classes', () => {
  it('belongs to one metric over one geometry of one layer', () => {
    expect(choiceOf([choice], key)).toBe(choice);
    expect(choiceOf([choice], { ...key, metric: 'event.reported' })).toBeUndefined();
    expect(choiceOf([choice], { ...key, by: 'block' })).toBeUndefined();
    expect(choiceOf([choice], { ...key, layer: 'metric-block' })).toBeUndefined();
  });
  it('switches the rest off, no data too', () => {
    expect([...classesOff(choice, 3)]).toEqual([1, 3]);
    expect(classesOff(undefined, 3).size).toBe(0);
  });
  it('stands once a layer, and goes with its last class', () => {
    const other = { ...choice, layer: 'beach' };
    const next = { ...choice, metric: 'event.closed', shown: [1] };
    expect(withChoice([choice, other], next)).toEqual([other, next]);
    expect(withChoice([choice, other], { ...choice, shown: [] })).toEqual([other]);
  });
});
