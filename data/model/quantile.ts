/** Value below which a share of rising numbers lies: between closest ranks in a line, as DuckDB's `quantile_cont`. 0 for none. */
export const quantile = (sorted: readonly number[], share: number): number => {
  const rank = (sorted.length - 1) * share;
  const low = sorted[Math.floor(rank)] ?? 0;
  return low + ((sorted[Math.ceil(rank)] ?? low) - low) * (rank % 1);
};
