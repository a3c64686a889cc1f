import { expect, test } from 'vitest';
import { newestWins } from './cast';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('the first goes at once, of those that come meanwhile only the newest, and never two at a time', async () => {
  const sent: number[] = [];
  let nUnderWay = 0;
  const push = newestWins(async (value: number) => {
    nUnderWay += 1;
    expect(nUnderWay).toBe(1);
    sent.push(value);
    await wait(20);
    nUnderWay -= 1;
  }, 10);
  push(1);
  expect(sent).toEqual([1]);
  for (const value of [2, 3, 4, 5]) push(value);
  await wait(60);
  expect(sent).toEqual([1, 5]);
});

test('one that fails does not hold up the next', async () => {
  const sent: number[] = [];
  const push = newestWins(async (value: number) => {
    sent.push(value);
    throw new Error('line lost');
  }, 0);
  push(1);
  await wait(10);
  push(2);
  await wait(10);
  expect(sent).toEqual([1, 2]);
});
