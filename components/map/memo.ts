/** Remembers the last result of a function while its arguments stay the same, so that what is drawn keeps its identity. */
export const memoLast = <A extends readonly unknown[], R>(work: (...args: A) => R): ((...args: A) => R) => {
  let last: { args: A; result: R } | null = null;
  return (...args) => {
    const before = last;
    if (before && before.args.length === args.length && args.every((arg, i) => Object.is(arg, before.args[i])))
      return before.result;
    last = { args, result: work(...args) };
    return last.result;
  };
};
