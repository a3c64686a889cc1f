import type { Outputs } from '../feed/trpc';

export type Track = Outputs['workforce']['track'];

/**
 * Where the track a post has read stands in the query cache: the card that asked for it (with a reason, on the record)
 * puts it there, the map draws it. Nothing asks the server by this key.
 */
export const trackQuery = (worker: string) => ({
  queryKey: ['worker-track', worker] as const,
  queryFn: (): Promise<Track | null> => Promise.resolve(null),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Id of the selected worker; null = none is. */
export const selectedWorker = (selection: string | null): string | null =>
  selection?.startsWith('worker:') ? selection.slice('worker:'.length) : null;
