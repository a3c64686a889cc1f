import { gte } from 'drizzle-orm';
import type { DatedChange, DatedVersion } from '@/data/model/dated';
import { type ChannelQuiet, outChannels, type QuietDraft } from '@/data/model/notice';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { changeDated, datedHistory, type IsUsed, withdrawDated } from '../dictionary/dated';
import { attrsOfQuiet, quietOf } from './rules';
import { notice } from './table';

const channels = { list: 'notice-channel', codes: outChannels };

/** Every set of quiet hours there is or was, the newest first (免打扰沿革). */
export const quietHistory = async (connection: Connection): Promise<(DatedVersion & { channels: ChannelQuiet[] })[]> =>
  (await datedHistory(connection, channels)).map(({ rows, ...version }) => ({
    ...version,
    channels: outChannels.map((code) => ({
      code,
      quiet: quietOf(rows.find((row) => row.code === code)?.attrs ?? {}),
    })),
  }));

/** Whether anything was told since; it keeps the instant it was given. */
const isUsed: IsUsed = async (tx, from) => {
  const [told] = await tx.select({ id: notice.id }).from(notice).where(gte(notice.created_at, from)).limit(1);
  return told !== undefined;
};

/** Puts other quiet hours in force from a day on (免打扰时段); notices written before go out as they were set. */
export const changeQuiet = async (
  connection: Connection,
  scope: Scope,
  { channels: drafts, ...change }: QuietDraft,
): Promise<void> =>
  changeDated(connection, scope, channels, {
    change,
    isUsed,
    judge: async ({ code }) => attrsOfQuiet(drafts.find((one) => one.code === code)?.quiet ?? null),
  });

/** Takes back quiet hours that have not begun. */
export const withdrawQuiet = (connection: Connection, scope: Scope, change: Omit<DatedChange, 'from'>): Promise<void> =>
  withdrawDated(connection, scope, channels, change);
