import { z } from 'zod';
import type { Facts } from './follower';

const Span = z.object({ first_at: z.number().nullable(), last_at: z.number().nullable() });

const isoOrNull = (ms: number | null | undefined): string | null =>
  typeof ms === 'number' ? new Date(ms).toISOString() : null;

/** Stretch of time the events of the installation lie in: data that came from a file end in the past. */
export const readSpan = async (facts: Facts): Promise<{ firstAt: string | null; lastAt: string | null }> => {
  const [row] = await facts.query(
    'select epoch_ms(min(reported_at))::double as first_at, epoch_ms(max(reported_at))::double as last_at from event',
  );
  const span = Span.parse(row);
  return { firstAt: isoOrNull(span.first_at), lastAt: isoOrNull(span.last_at) };
};
