import type { RecutProposal } from '@/data/model/recut';

/** The proposal of boundaries read from a file on this page (区划调整草案), the same for its form and its map; null = none. */
export const recutDraft = {
  queryKey: ['recut', 'draft'] as const,
  queryFn: (): RecutProposal | null => null,
  staleTime: Number.POSITIVE_INFINITY,
};
