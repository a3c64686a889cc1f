/** Many short texts searched as one: quicker by far than one after another. */
export type Lines = { all: string; starts: Uint32Array };

export const joinLines = (texts: readonly string[]): Lines => {
  const starts = new Uint32Array(texts.length);
  let length = 0;
  for (const [i, text] of texts.entries()) {
    starts[i] = length;
    length += text.length + 1;
  }
  return { all: texts.map((text) => `\n${text.replaceAll('\n', ' ')}`).join(''), starts };
};

/** Line that a place of the whole falls in. */
const lineAt = (starts: Uint32Array, place: number): number => {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** Lines that hold a text, in order; one that begins with `\n` is looked for at their beginning alone. */
export function* linesWith({ all, starts }: Lines, text: string): Generator<number> {
  for (let place = all.indexOf(text); place >= 0; ) {
    const line = lineAt(starts, place);
    yield line;
    const next = starts[line + 1];
    if (next === undefined) return;
    place = all.indexOf(text, next);
  }
}
