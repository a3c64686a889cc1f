/** Rank of rows of numbers, by elimination: how many of them say something new. */
export const rank = (rows: readonly (readonly number[])[]): number => {
  const work = rows.map((row) => [...row]);
  let done = 0;
  for (let column = 0; column < (work[0]?.length ?? 0); column += 1) {
    const pivot = work.findIndex((row, index) => index >= done && Math.abs(row[column] ?? 0) > 1e-9);
    if (pivot < 0) continue;
    [work[done], work[pivot]] = [work[pivot] ?? [], work[done] ?? []];
    const head = work[done] ?? [];
    for (const [index, row] of work.entries()) {
      const factor = index === done ? 0 : (row[column] ?? 0) / (head[column] ?? 1);
      if (factor) for (const [i, value] of head.entries()) row[i] = (row[i] ?? 0) - factor * value;
    }
    done += 1;
  }
  return done;
};
