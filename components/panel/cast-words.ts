import type { CastStatus, Conductor } from '../feed/conductor';
import type { Text } from '../feed/text';

type Words = Pick<Text, 't' | 'term'>;

/** How far the last cast came, in words. */
export const castWords = ({ phase }: CastStatus, { t }: Words): string => t(`link.remote.${phase}`);

/** Ms from the server's acceptance to the wall's drawing, in words; null while unknown. */
export const latencyWords = ({ ms }: CastStatus, { t }: Words): string | null =>
  ms === null ? null : t('link.remote.ms', { ms: Math.round(ms) });

/** Which wall this device is at and in what part. */
export const roleWords = (
  { state, isConductor, isConnected }: Pick<Conductor, 'state' | 'isConductor' | 'isConnected'>,
  { t, term }: Words,
): { line: string; part: string; isWell: boolean } => {
  const isWell = isConnected && state?.isOnline === true;
  const wall = state?.wall.name ?? '';
  const line = !isConnected
    ? t('link.line.lost')
    : state && !state.isOnline
      ? t('link.remote.offline')
      : t('link.remote.connected', { wall });
  const conductor = state?.conductor;
  const part = isConductor
    ? t('link.remote.me')
    : conductor
      ? t('link.conductor', { role: term('role', conductor.role), place: conductor.place })
      : t('link.conductor.none');
  return { line, part, isWell };
};
