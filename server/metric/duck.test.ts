import { expect, test } from 'vitest';
import { openDuck } from './duck';

test('a query that runs on is broken off and says so; others go on', async () => {
  const duck = await openDuck({ file: null, queryMs: 300 });
  const started = performance.now();
  const endless = duck.query('select sum(a.range * b.range) from range(10000000) a, range(10000000) b');
  await expect(endless).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining('0.3 s') });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(await duck.query('select 1 as one')).toEqual([{ one: 1 }]);
  duck.close();
});

test('an error that is no interruption stays what it is', async () => {
  const duck = await openDuck({ file: null });
  await expect(duck.query('select nothing')).rejects.toThrow('nothing');
  duck.close();
});
