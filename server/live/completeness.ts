import type { LogWindow } from './window';

/**
 * Tracks the as-of instant (截至) of a reader: every commit before it has been read. A transaction that stays open holds
 * it back, just as it holds back the lines of those that committed after it. Takes windows in the order they were read.
 */
export const trackCompleteness = (): ((window: Pick<LogWindow, 'upto' | 'next' | 'at'>) => Date) => {
  const marks: { next: bigint; at: Date }[] = [];
  let asOf = new Date(0);
  return ({ upto, next, at }) => {
    const mark = { next: BigInt(next), at };
    if (marks.at(-1)?.next === mark.next) marks.pop();
    marks.push(mark);
    const reached = BigInt(upto);
    for (let first = marks[0]; first && first.next <= reached; first = marks[0]) {
      asOf = first.at;
      marks.shift();
    }
    return asOf;
  };
};
