import { expect, test } from 'vitest';
import type { SheetDoor } from '@/data/model/collection';
import { confirmRest, draftOf, emptyDraft, settledOf, tell } from './collect-draft';

const stamp = (letter: string) => letter.repeat(32);
const door: SheetDoor = {
  ...{ code: 'd', stamp: stamp('a'), unit: 1, floor: 1, room: '101', houseUse: '1', collectedAt: null },
  people: [1, 2].map((n) => ({
    ...{ key: String(n), stamp: stamp(String(n)), name: 'W**', sex: '1', ageBand: '30-34', relation: '1' },
    since: '2020-01-01',
  })),
  entities: [],
};
const gone = { told: 'gone', kind: 'person', key: '1', stamp: stamp('1') } as const;

test('one tap tells a record, the same tap takes it back, another replaces it', () => {
  const told = tell(emptyDraft, gone);
  expect(settledOf(told, door).items).toEqual([gone]);
  expect(tell(told, gone)).toEqual(emptyDraft);
  expect(settledOf(tell(told, { ...gone, told: 'confirm' }), door).items).toEqual([{ ...gone, told: 'confirm' }]);
});

test('all that were not told of are confirmed at once; what was told stays', () => {
  const told = confirmRest(tell(emptyDraft, gone), door, 'person');
  expect(settledOf(told, door).items).toEqual([gone, { told: 'confirm', kind: 'person', key: '2', stamp: stamp('2') }]);
});

test('what was changed or went meanwhile is set apart, and nothing else is lost', () => {
  const added = { told: 'entity', kind: 'entity', values: {} } as never;
  const written = draftOf({
    ...{ building: 'b', dwelling: 'd', events: ['e'] },
    items: [gone, { told: 'confirm', kind: 'person', key: '2', stamp: stamp('9') }, { ...gone, key: '7' }, added],
  });
  const { items, changed, lost } = settledOf(written, door);
  expect(items).toEqual([gone, added]);
  expect([...changed]).toEqual(['person 2']);
  expect(lost).toBe(1);
  expect(settledOf(confirmRest(written, door, 'person'), door)).toMatchObject({ changed: new Set(), lost: 1 });
});
