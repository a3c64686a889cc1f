import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf } from './ask';

const mostOpening = 20;
/** Lines the phones share. */
const phoneLines = 64;

/** Who asks: `x-post` and `x-screen` of the requests. */
export type Asker = { post: string; screen: 'big' | 'mid' | 'small' };

const headersOf = ({ post, screen }: Asker): Record<string, string> => ({ 'x-post': post, 'x-screen': screen });

/** What was told to all screens so far; a chunk is what one reading of a line brought. */
export type Told = { bytes: number; chunks: number };

/** Screens that hold the live feed open; resolves once each has been answered. `cut` ends them. */
export const subscribeAll = async (
  url: string,
  askers: readonly Asker[],
): Promise<{ cut: () => void; told: Readonly<Told> }> => {
  const told: Told = { bytes: 0, chunks: 0 };
  const failed: unknown[] = [];
  let nOpen = 0;
  const lines = new Set<ReturnType<typeof request>>();
  const hold = (asker: Asker): void => {
    const line = request(`${url}/live`, { headers: headersOf(asker), agent: false }, (answer) => {
      answer.once('data', () => nOpen++);
      answer.on('data', (chunk: Buffer) => {
        told.bytes += chunk.length;
        told.chunks++;
      });
      answer.once('close', () => lines.has(line) && failed.push(new Error('A screen was cut off.')));
    });
    lines.add(line.on('error', (error) => lines.has(line) && failed.push(error)));
    line.end();
  };
  for (const [i, asker] of askers.entries()) {
    hold(asker);
    // some at a time: a thousand lines at one instant are turned away by the system
    while (i + 1 - nOpen - failed.length > mostOpening) await sleep(20);
  }
  while (nOpen + failed.length < askers.length) await sleep(20);
  const cut = () => {
    if (failed.length > 0) throw failed[0];
    const open = [...lines];
    lines.clear();
    for (const line of open) line.destroy();
  };
  if (failed.length > 0) cut();
  return { cut, told };
};

/**
 * Phones that ask for their tasks in turn, all of them once in `everyMs`; `times` = milliseconds from the instant each was
 * to ask until it had its answer, waiting for a line included; `bytes` = of all answers.
 */
export const pollTasks = (
  url: string,
  askers: readonly Asker[],
  everyMs: number,
): { stop: () => Promise<void>; times: number[]; bytes: () => number } => {
  const times: number[] = [];
  let nBytes = 0;
  const input = encodeURIComponent(JSON.stringify({ json: { department: null } }));
  let isOver = false;
  const open = new Set<Promise<void>>();
  const client = clientOf(phoneLines);
  const ask = async (asker: Asker, from: number): Promise<void> => {
    const told = await client.ask(`${url}/event.tasks?input=${input}`, { headers: headersOf(asker) });
    nBytes += told;
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
    bytes: () => nBytes,
    stop: async () => {
      isOver = true;
      await turns;
      await Promise.all(open);
      client.end();
    },
  };
};
