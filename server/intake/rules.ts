import { isAggregateOnly, type Scope } from '@/data/model/scope';
import { movesOf } from '../event/rules';

/** Key prefix of events that came over the public page; `client_key` keeps it. */
export const publicKey = 'public:';

/** What the public wrote is held back until a post has accepted the event; a refused one stays held. */
export const isHeld = (event: { clientKey: string | null; acceptedAt: Date | string | null }): boolean =>
  event.acceptedAt === null && (event.clientKey?.startsWith(publicKey) ?? false);

/** Whether the caller accepts reports (受理), and so reads what is held back. */
export const mayAccept = (scope: Pick<Scope, 'screen' | 'role'>): boolean =>
  !isAggregateOnly(scope) && movesOf(scope, 'S10').includes('S20');
