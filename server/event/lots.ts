type Waiting<Item, Done> = { item: Item; resolve: (done: Done) => void; reject: (error: unknown) => void };

type LotOptions<Item, Done> = {
  /** Writes items whole or not at all; answers in their order. */
  write: (items: readonly Item[]) => Promise<readonly Done[]>;
  /** Items of a lot, and lots on their way at once. */
  most: number;
  atOnce: number;
};

/**
 * Writes what comes in at once in lots: an item goes alone when nothing is on its way, and with all that came meanwhile
 * when something is. A lot that fails is written item by item, so that each has its own answer and none another's fault.
 */
export const inLots = <Item, Done>({
  write,
  most,
  atOnce,
}: LotOptions<Item, Done>): ((item: Item) => Promise<Done>) => {
  const waiting: Waiting<Item, Done>[] = [];
  let nRunning = 0;
  const settle = async (lot: readonly Waiting<Item, Done>[]): Promise<void> => {
    const answers = await write(lot.map(({ item }) => item)).catch((error: unknown) => {
      if (lot.length === 1) lot[0]?.reject(error);
      return null;
    });
    if (answers) for (const [i, { resolve }] of lot.entries()) resolve(answers[i] as Done);
    else if (lot.length > 1) for (const one of lot) await settle([one]);
  };
  const start = (): void => {
    while (nRunning < atOnce && waiting.length > 0) {
      nRunning++;
      void settle(waiting.splice(0, most)).then(() => {
        nRunning--;
        start();
      });
    }
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      start();
    });
};
