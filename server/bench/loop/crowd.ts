import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf } from './ask';

const mostOpening = 20;
/** Lines the phones share. */
const phoneLines = 64;

/** Who asks: `x-post` and `x-screen` of the requests. */
export type Asker = { post: string; screen: 'big' | 'mid' | 'small' };

const headersOf = ({ post, screen }: Asker): Record<string, string> => ({ 'x-post': post, 'x-screen': screen });

/** Screens that hold the live feed open; resolves once each has been answered. `cut` ends them; `bytes` = what they were told. */
export const subscribeAll = async (
  url: string,
  askers: readonly Asker[],
): Promise<{ cut: () => void; bytes: () => number }> => {
  const stop = new AbortController();
  let nBytes = 0;
  let nOpen = 0;
  const hold = async (asker: Asker): Promise<void> => {
    const response = await fetch(`${url}/live`, { headers: headersOf(asker), signal: stop.signal });
    let isOpen = false;
    for await (const chunk of response.body ?? []) {
      if (!isOpen) nOpen++;
      isOpen = true;
      nBytes += chunk.length;
    }
  };
  const failed: unknown[] = [];
  for (const [i, asker] of askers.entries()) {
    hold(asker).catch((error: unknown) => {
      if (!stop.signal.aborted) failed.push(error);
    });
    // some at a time: a thousand lines at one instant are turned away by the system
    while (i + 1 - nOpen - failed.length > mostOpening) await sleep(20);
  }
  while (nOpen + failed.length < askers.length) await sleep(20);
  if (failed.length > 0) throw failed[0];
  return { cut: () => stop.abort(), bytes: () => nBytes };
};

/**
 * Phones that ask for their tasks in turn, all of them once in `everyMs`; `times` = milliseconds from the instant each was
 * to ask until it had its answer, waiting for a line included.
 */
export const pollTasks = (
  url: string,
  askers: readonly Asker[],
  everyMs: number,
): { stop: () => Promise<void>; times: number[] } => {
  const times: number[] = [];
  const input = encodeURIComponent(JSON.stringify({ json: { department: null } }));
  let isOver = false;
  const open = new Set<Promise<void>>();
  const client = clientOf(phoneLines);
  const ask = async (asker: Asker, from: number): Promise<void> => {
    const { status } = await client.ask(`${url}/event.tasks?input=${input}`, { headers: headersOf(asker) });
    if (status !== 200) throw new Error(`A phone was refused: ${status}.`);
    times.push(performance.now() - from);
  };
  const turns = (async () => {
    const began = performance.now();
    for (let i = 0; !isOver; i++) {
      const due = began + (i * everyMs) / askers.length;
      if (due > performance.now()) await sleep(due - performance.now());
      const asker = askers[i % askers.length];
      if (!asker) return;
      const one = ask(asker, due).finally(() => open.delete(one));
      open.add(one);
    }
  })();
  return {
    times,
    stop: async () => {
      isOver = true;
      await turns;
      await Promise.all(open);
      client.end();
    },
  };
};
