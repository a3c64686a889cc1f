import type { LinkMethod, OpenReason } from '@/data/model/collection';
import type { Change } from './record';

/** What came of one item of a visit. `record` null = nothing was linked. */
export type Outcome = Change & {
  method: LinkMethod;
  record: string | null;
  why: OpenReason | null;
  candidates: string[];
};
