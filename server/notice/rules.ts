import type { QuietHours } from '@/data/model/notice';
import type { Scope } from '@/data/model/scope';
import { badgeOf } from '../access/rules';

const dayMinutes = 1_440;

/** Whether a local minute of the day lies in quiet hours, which may run over midnight. */
export const isQuiet = ({ fromMinute, toMinute }: QuietHours, minute: number): boolean =>
  (minute - fromMinute + dayMinutes) % dayMinutes < (toMinute - fromMinute + dayMinutes) % dayMinutes;

/** Levels that are told at any hour: Ⅰ and Ⅱ. */
export const isUrgent = (level: number): boolean => level <= 2;

/** Instant a notice may go out: at once, or when the quiet hours end. `minute` = local minute of the day now. */
export const outAt = (quiet: QuietHours | null, level: number, now: Date, minute: number): Date => {
  if (quiet === null || isUrgent(level) || !isQuiet(quiet, minute)) return now;
  const left = (quiet.toMinute - minute + dayMinutes) % dayMinutes;
  return new Date(Math.floor(now.getTime() / 60_000) * 60_000 + left * 60_000);
};

/** `22:00` as minutes of the day; null = no hour. */
const minuteOf = (text: string | undefined): number | null => {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(text ?? '') ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
};

const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':');

/** Quiet hours as a row of the list `notice-channel` says them; null = none. */
export const quietOf = (attrs: Record<string, string>): QuietHours | null => {
  const [fromMinute, toMinute] = [minuteOf(attrs.quiet_from), minuteOf(attrs.quiet_to)];
  return fromMinute === null || toMinute === null ? null : { fromMinute, toMinute };
};

/** The row of the list that says this. */
export const attrsOfQuiet = (quiet: QuietHours | null): Record<string, string> =>
  quiet === null ? {} : { quiet_from: clock(quiet.fromMinute), quiet_to: clock(quiet.toMinute) };

/** The post a caller is told things as: a handler as his department, of which null = he has named none. */
export const toldPost = (scope: Pick<Scope, 'role' | 'division'>, department: string | null): string | null =>
  scope.role === 'R6' ? department && `R6:${department}` : badgeOf(scope);

const above: Record<string, string> = { R5: 'R4', R4: 'R3', R3: 'R2', R6: 'R2' };

/** Levels of the tree below the root whose post is that of the role. */
const levelOf: Record<string, number> = { R4: 5, R3: 4 };

/** A line of divisions from the top down to the one a post is of: its code and level each. */
export type Line = readonly { code: string; level: number }[];

/**
 * The post above (上级岗位): of the grid worker the community's, then the sub-district's, then dispatch control of the
 * root. Null = there is none above.
 */
export const postAbove = (post: string, line: Line, root: string): string | null => {
  const role = above[post.split(':')[0] ?? ''];
  if (!role) return null;
  const level = levelOf[role];
  const code = level === undefined ? root : line.find((node) => node.level === level)?.code;
  return `${role}:${code ?? root}`;
};
