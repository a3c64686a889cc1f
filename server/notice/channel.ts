import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NoticeChannel, NoticeFault } from '@/data/model/notice';
import type { Executor } from '../db/client';

/** A notice as it leaves the house: no name, no place, no words of a report. `id` is the same at every attempt. */
export type NoticeMessage = {
  id: number;
  channel: NoticeChannel;
  /** Post it is for; the gateway knows its address. */
  post: string;
  text: string;
  number: string;
  level: number;
  at: string;
};

/** What a channel may need; `isRepeat`: the message may have been sent before. */
export type Sending = { isRepeat: boolean; db: Executor };

/**
 * A way out (通知渠道). A message sent twice under one id must arrive once. Resolves with why it never will be taken, null =
 * it was; throws where it may be tried again.
 */
export type Channel = { send: (message: NoticeMessage, sending: Sending) => Promise<NoticeFault | null> };

const linesOf = async (file: string): Promise<string[]> => {
  try {
    return (await readFile(file, 'utf8')).split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

const hasId = (line: string, id: number): boolean => line.startsWith(`{"id":${id},`) && line.endsWith('}');

/** Writes each message as a line of `<folder>/<channel>.jsonl`, from where a gateway of the house may take it. */
export const fileChannel = (folder: string): Channel => ({
  send: async (message, { isRepeat }) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${message.channel}.jsonl`);
    const lines = isRepeat ? await linesOf(file) : [];
    if (lines.some((line) => hasId(line, message.id))) return null;
    const isTorn = lines.length > 0 && lines.at(-1) !== '';
    await appendFile(file, `${isTorn ? '\n' : ''}${JSON.stringify(message)}\n`);
    return null;
  },
});
