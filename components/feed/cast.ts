/**
 * Sends values one after another and only the newest of those that came while one was under way (a dragged map makes
 * dozens); at most one every `gapMs`.
 */
export const newestWins = <T>(send: (value: T) => Promise<unknown>, gapMs: number): ((value: T) => void) => {
  let next: { value: T } | null = null;
  let isBusy = false;
  const run = async () => {
    isBusy = true;
    while (next) {
      const { value } = next;
      next = null;
      const gap = new Promise((resolve) => setTimeout(resolve, gapMs));
      await send(value).catch(() => {});
      await gap;
    }
    isBusy = false;
  };
  return (value) => {
    next = { value };
    if (!isBusy) void run();
  };
};
