import { expect, test } from 'vitest';
import { afterQueue, errandAfterQueue, type Ports, type QueueItem, Refused, sendQueue } from './upload-queue';

const move = (key: string, id: string, version: number, to: 'S40' | 'S50'): QueueItem => ({
  ...{ key, post: 'R5:A1', at: Date.now(), title: key, photos: [], refused: null },
  ...{ kind: 'move', input: { id, version, to, note: '' } },
});
const report = (key: string, nPhotos = 0): QueueItem => ({
  ...{ key, post: 'R5:A1', at: Date.now() - 50_000, title: key, refused: null, kind: 'report' },
  photos: Array.from({ length: nPhotos }, () => ({ picture: new Blob(['x']), id: null })),
  input: { category: '0101', title: key, description: '', position: [114, 22], buildingCode: null },
});

/** Ports that write down what was sent; `fail` breaks the nth call that goes to the server. */
const portsWith = (fail: (call: number, what: string) => Error | null = () => null) => {
  const sent: string[] = [];
  const kept = new Map<string, QueueItem>();
  let calls = 0;
  const go = (what: string) => {
    const error = fail(calls++, what);
    if (error) throw error;
    sent.push(what);
  };
  const ports: Ports = {
    put: async (item) => kept.set(item.key, item),
    remove: async (key) => kept.delete(key),
    upload: async () => {
      go('photo');
      return `p${calls}`;
    },
    report: async ({ clientKey, photos, happenedAt }) => go(`report ${clientKey} ${photos.length} ${happenedAt}`),
    move: async ({ clientKey, version }) => {
      go(`move ${clientKey} v${version}`);
      return { version: version + 3 };
    },
    errand: async ({ clientKey, step, version, photos }) => {
      go(`errand ${clientKey} ${step} ${version}${photos.map((id) => ` ${id}`).join('')}`);
      return { version: version + 1 };
    },
    visit: async ({ clientKey, id, result }) => go(`visit ${clientKey} ${id} ${result}`),
    care: async ({ clientKey, id, seq, result }) => go(`care ${clientKey} ${id} ${seq} ${result}`),
    collect: async ({ clientKey, dwelling, items }) => go(`collect ${clientKey} ${dwelling} ${items.length}`),
    special: async ({ clientKey, building }) => go(`special ${clientKey} ${building}`),
    read: async ({ ids }) => go(`read ${ids.join(' ')}`),
    now: () => Date.parse('2026-11-22T02:00:00Z'),
  };
  const begin = (...items: QueueItem[]) => {
    for (const item of items) kept.set(item.key, item);
    return items;
  };
  return { ports, sent, kept, begin };
};

test('everything is sent once, in order, told by the server’s clock, later moves on the version of the earlier', async () => {
  const { ports, sent, kept, begin } = portsWith();
  await sendQueue(begin(report('a', 2), move('b', 'E', 4, 'S40'), move('c', 'E', 5, 'S50')), ports);
  expect(sent.map((line) => line.replace(/T(..:..).*/, ' $1'))).toEqual([
    ...['photo', 'photo', 'report a 2 2026-11-22 01:59', 'move b v4', 'move c v7'],
  ]);
  expect(kept.size).toBe(0);
});

test('a break in the midst loses nothing and uploads no photo twice', async () => {
  const { ports, sent, kept, begin } = portsWith((call) => (call === 1 ? new TypeError('Failed to fetch') : null));
  const items = begin(report('a', 2), report('b'));
  await sendQueue(items, ports);
  expect([sent, kept.size]).toEqual([['photo'], 2]);
  await sendQueue(items, ports);
  expect(sent.filter((line) => line === 'photo')).toHaveLength(2);
  expect(kept.size).toBe(0);
});

test('a refusal is kept to be seen, holds later moves of its case and nothing else', async () => {
  const conflict = new Refused({ code: 'conflict', reason: null });
  const { ports, sent, kept, begin } = portsWith((_call, what) => (what === 'move b v4' ? conflict : null));
  const items = begin(move('b', 'E', 4, 'S40'), move('c', 'E', 5, 'S50'), move('d', 'F', 1, 'S40'), report('r'));
  await sendQueue(items, ports);
  expect(sent.map((line) => line.slice(0, 8))).toEqual(['move d v', 'report r']);
  expect([...kept.values()].map(({ key, refused }) => [key, refused?.code ?? null])).toEqual([
    ['b', 'conflict'],
    ['c', null],
  ]);
  await sendQueue(items.slice(0, 2), ports);
  expect(kept.size).toBe(2);
});

test('notices read without a network are told later, and hold nothing behind them', async () => {
  const read = (key: string, ...ids: number[]): QueueItem => ({
    ...{ key, post: 'R5:A1', at: 1, title: key, photos: [], refused: null },
    ...{ kind: 'read', input: { ids, department: null } },
  });
  const { ports, sent, kept, begin } = portsWith((_, what) =>
    what === 'read 1' ? new Refused({ code: 'not_allowed', reason: null }) : null,
  );
  await sendQueue(begin(read('a', 1), read('b', 2, 3), move('c', 'E', 4, 'S40')), ports);
  expect([sent, [...kept.keys()]]).toEqual([['read 2 3', 'move c v4'], ['a']]);
});

test('a case shows what waits for it', () => {
  const row = { id: 'E', status: 'S31' as const, version: 4 };
  const items = [move('b', 'E', 4, 'S40'), move('c', 'E', 5, 'S50'), move('d', 'F', 1, 'S40')];
  expect(afterQueue(row, items)).toEqual({ ...row, status: 'S50', version: 6, isWaiting: true });
  expect(afterQueue({ ...row, version: 9 }, items).isWaiting).toBe(false);
});

test('steps of an errand are sent in order, the second on the version the first gave; a refused one holds those behind', async () => {
  const step = (key: string, name: 'receive' | 'finish', id = 'e1'): QueueItem => ({
    ...{ key, post: 'R5:A1', at: 1, title: 't', photos: [], refused: null, kind: 'errand' },
    input: { id, version: 1, step: name, result: name === 'finish' ? 'normal' : null, note: '' },
  });
  const { ports, sent } = portsWith();
  await sendQueue([step('k1', 'receive'), step('k2', 'finish')], ports);
  expect(sent).toEqual(['errand k1 receive 1', 'errand k2 finish 2']);
  const pictured = portsWith();
  const finish = { ...step('k2', 'finish'), photos: [{ picture: new Blob(['x']), id: null }] };
  await sendQueue([step('k1', 'receive'), finish], pictured.ports);
  expect(pictured.sent).toEqual(['errand k1 receive 1', 'photo', 'errand k2 finish 2 p2']);
  const refusing = portsWith((call) => (call === 0 ? new Refused({ code: 'conflict', reason: null }) : null));
  await sendQueue([step('k1', 'receive'), step('k2', 'finish'), step('k3', 'receive', 'e2')], refusing.ports);
  expect(refusing.sent).toEqual(['errand k3 receive 1']);
  const row = { id: 'e1', version: 1, receivedAt: null };
  expect(errandAfterQueue(row, [step('k1', 'receive')])).toMatchObject({
    version: 2,
    isWaiting: true,
    isFinished: false,
  });
  expect(errandAfterQueue(row, [step('k1', 'receive'), step('k2', 'finish')])).toMatchObject({ isFinished: true });
});

test('visits to doubtful records are sent in their turn; one that is refused stays and holds the rest of no other', async () => {
  const visit = (key: string, id: string): QueueItem => ({
    ...{ key, post: 'R5:A1', at: Date.now(), title: key, photos: [], refused: null, kind: 'visit' },
    input: { id, version: 1, stamp: '0'.repeat(32), result: 'confirmed', values: {}, note: '' },
  });
  const { ports, sent, kept, begin } = portsWith((_, what) =>
    what.startsWith('visit b') ? new Refused({ code: 'conflict', reason: null }) : null,
  );
  await sendQueue(begin(visit('a', 'V:1'), visit('b', 'V:2'), visit('c', 'V:2'), visit('d', 'V:3')), ports);
  expect(sent).toEqual(['visit a V:1 confirmed', 'visit d V:3 confirmed']);
  expect([...kept.keys()]).toEqual(['b', 'c']);
});

test('visits to persons in care wait like other acts, each told once', async () => {
  const told = (key: string, id: string): QueueItem => ({
    ...{ key, post: 'R5:A1', at: Date.now(), title: key, photos: [], refused: null, kind: 'care' },
    input: { id, seq: 3, result: 'well', note: '' },
  });
  const { ports, sent, kept, begin } = portsWith((call) => (call === 1 ? new Error('no network') : null));
  await sendQueue(begin(told('a', 'c1'), told('b', 'c2')), ports);
  expect(sent).toEqual(['care a c1 3 well']);
  expect([...kept.keys()]).toEqual(['b']);
});

test('a door is sent as one command; one that was changed meanwhile stays and holds no other', async () => {
  const collected = (key: string, dwelling: string): QueueItem => ({
    ...{ key, post: 'R5:A1', at: Date.now(), title: key, photos: [], refused: null, kind: 'collect' },
    input: {
      ...{ building: 'b', dwelling, events: [] },
      items: [{ told: 'confirm', kind: 'dwelling', key: dwelling, stamp: '0'.repeat(32) }],
    },
  });
  const { ports, sent, kept, begin } = portsWith((_, what) =>
    what.startsWith('collect a') ? new Refused({ code: 'conflict', reason: null }) : null,
  );
  await sendQueue(begin(collected('a', 'd1'), collected('b', 'd2')), ports);
  expect(sent).toEqual(['collect b d2 1']);
  expect(kept.get('a')).toMatchObject({ refused: { code: 'conflict' }, input: { items: [{ key: 'd1' }] } });
});
