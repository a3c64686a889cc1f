import type { LiveItem } from '@/data/model/event';
import type { Cut } from './item';
import type { Queue } from './queue';

/** A screen draws changes four times a second … */
const gapMs = 250;
/** … or as often as a thousand messages a second to all of them allow: a message costs more than what is in it. */
const perScreenMs = 1;
const longestGapMs = 1_000;

/** Rest after a message to each of so many screens; the first change after a rest is told at once. */
const gapOf = (nScreens: number): number => Math.min(longestGapMs, Math.max(gapMs, nScreens * perScreenMs));

/** Items handed to every subscriber of a cut at once: one value for all of them, never changed. */
export type LiveBatch = readonly LiveItem[];

/** Subscribers of one cut; `waiting` = what came while they rest after the last batch. */
type Channel = { cut: Cut; queues: Set<Queue<LiveItem>>; waiting: LiveItem[]; rest: NodeJS.Timeout | null };

/** Subscribers by cut: what one cut is told is made once and told to all of it at the same time. */
export type Channels = {
  /** Puts what `itemsFor` makes for a cut to its subscribers: at once, or when their rest is over. */
  deliver: (itemsFor: (cut: Cut) => LiveItem[]) => void;
  /** From now on `queue` gets the batches of a cut; the answer takes it out again. */
  join: (cut: Cut, queue: Queue<LiveItem>) => () => void;
};

export const createChannels = (): Channels => {
  const channels = new Map<string, Channel>();
  let nScreens = 0;
  const flush = (channel: Channel) => {
    channel.rest = null;
    if (channel.waiting.length === 0) return;
    const batch = channel.waiting;
    channel.waiting = [];
    for (const queue of channel.queues) queue.push(batch);
    channel.rest = setTimeout(flush, gapOf(nScreens), channel).unref();
  };
  const deliver: Channels['deliver'] = (itemsFor) => {
    for (const channel of channels.values()) {
      channel.waiting = channel.waiting.concat(itemsFor(channel.cut));
      if (!channel.rest) flush(channel);
    }
  };
  const join: Channels['join'] = (cut, queue) => {
    const key = `${cut.path} ${cut.isWall}`;
    const channel = channels.get(key) ?? { cut, queues: new Set(), waiting: [], rest: null };
    channels.set(key, channel);
    // What waits is of before: the one that joins has it already, or asks for what it missed.
    if (channel.rest) clearTimeout(channel.rest);
    flush(channel);
    channel.queues.add(queue);
    nScreens++;
    return () => {
      nScreens--;
      channel.queues.delete(queue);
      if (channel.queues.size > 0) return;
      clearTimeout(channel.rest ?? undefined);
      channels.delete(key);
    };
  };
  return { deliver, join };
};
