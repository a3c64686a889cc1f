import { z } from 'zod';
import { DatedChange } from '@/data/model/dated';
import { At } from '@/data/model/moment';
import { PolicyDraft, TicketMove, TicketOpen, WhistleBlow, WhistleMove } from '@/data/model/supervision';
import { deliveriesOf } from '../notice/store';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import {
  blowWhistle,
  changePolicy,
  checkOwnEvent,
  listTickets,
  listWhistles,
  moveTicket,
  moveWhistle,
  openTicket,
  policyHistory,
  ticketById,
  whistleById,
  withdrawPolicy,
} from './store';

const Ask = z.object({ division: z.string().max(20).nullable().default(null), at: At });
const ById = z.object({ id: z.string().max(60), at: At });

/** Who sees single tickets and whistles; never a wall. */
const reader = byRole('R1', 'R2', 'R3', 'R4', 'R5', 'R6');
/** Who keeps the ladder: the store decides, as a commander does in a demo alone. */
const keeper = byRole('R2', 'R9');

export const supervisionRouter = router({
  tickets: reader.input(Ask).query(({ ctx, input }) => listTickets(ctx.connection, ctx.scope, input)),
  ticket: reader.input(ById).query(({ ctx, input }) => ticketById(ctx.connection, ctx.scope, input.id, input.at)),
  openTicket: reader.input(TicketOpen).mutation(({ ctx, input }) => openTicket(ctx.connection, ctx.scope, input)),
  moveTicket: reader.input(TicketMove).mutation(({ ctx, input }) => moveTicket(ctx.connection, ctx.scope, input)),
  whistles: reader.input(Ask).query(({ ctx, input }) => listWhistles(ctx.connection, ctx.scope, input)),
  whistle: reader.input(ById).query(({ ctx, input }) => whistleById(ctx.connection, ctx.scope, input.id, input.at)),
  blow: reader.input(WhistleBlow).mutation(({ ctx, input }) => blowWhistle(ctx.connection, ctx.scope, input)),
  moveWhistle: reader.input(WhistleMove).mutation(({ ctx, input }) => moveWhistle(ctx.connection, ctx.scope, input)),
  /** How the notices of a case went out. */
  deliveries: byRole('R2', 'R3')
    .input(z.object({ eventId: z.string().max(60) }))
    .query(async ({ ctx, input }) => {
      await checkOwnEvent(ctx.connection, ctx.scope, input.eventId);
      return deliveriesOf(ctx.connection, input.eventId);
    }),
  policyHistory: inScope.query(({ ctx }) => policyHistory(ctx.connection)),
  changePolicy: keeper.input(PolicyDraft).mutation(({ ctx, input }) => changePolicy(ctx.connection, ctx.scope, input)),
  withdrawPolicy: keeper
    .input(DatedChange.omit({ from: true }))
    .mutation(({ ctx, input }) => withdrawPolicy(ctx.connection, ctx.scope, input)),
});
