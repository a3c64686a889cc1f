import { z } from 'zod';
import { EventCorrection, EventMove, EventReport, eventSorts } from '@/data/model/event';
import { LngLat } from '@/data/model/geo';
import { Known, Question } from '@/data/model/view';
import { departmentOf } from '../access/rules';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { eventFlows } from './flow';
import {
  correctEvent,
  eventById,
  eventHistory,
  listEvents,
  listOpenEvents,
  mergeEvent,
  moveEvent,
  openPoints,
  reportEvent,
  similarEvents,
} from './store';
import { myTasks } from './task';

/** `at`: as the event stood at that instant; null = now. `known`: the record it is read by. */
const EventId = z.object({
  id: z.string().max(40),
  at: z.iso
    .datetime({ offset: true })
    .nullable()
    .default(null)
    .transform((at) => (at === null ? null : new Date(at))),
  known: Known.default('now'),
});

const EventAsk = z.object({
  question: Question,
  sort: z.enum(eventSorts).default('urgency'),
  /** Backwards when `desc`; rows without the value stay last. */
  order: z.enum(['asc', 'desc']).default('asc'),
  limit: z.number().int().min(1).max(500).default(50),
  offset: z.number().int().min(0).max(100_000).default(0),
});

const SimilarAsk = z.object({
  position: LngLat,
  category: z.string().max(60),
  at: z.iso
    .datetime({ offset: true })
    .nullable()
    .default(null)
    .transform((at) => (at === null ? null : new Date(at))),
  not: z.string().max(40).nullable().default(null),
});

const Merge = z.object({ id: z.string().max(40), version: z.number().int().min(1), into: z.string().max(40) });

/** Who acts on events; the store decides each case by territory and move. */
const actor = byRole('R2', 'R3', 'R4', 'R5', 'R6');
/** Who decides what an event is filed as. */
const corrector = byRole('R2', 'R3', 'R4');

export const eventRouter = router({
  report: actor.input(EventReport).mutation(({ ctx, input }) => reportEvent(ctx.connection, ctx.scope, input)),
  move: actor.input(EventMove).mutation(({ ctx, input }) => moveEvent(ctx.connection, ctx.scope, input)),
  correct: corrector
    .input(EventCorrection)
    .mutation(({ ctx, input }) => correctEvent(ctx.connection, ctx.scope, input)),
  /** Voids an event as the same case as another. */
  merge: corrector.input(Merge).mutation(({ ctx, input }) => mergeEvent(ctx.connection, ctx.scope, input)),
  /** Open cases near by, of one kind and time, that may be the same. */
  similar: actor.input(SimilarAsk).query(({ ctx, input }) => similarEvents(ctx.connection, ctx.scope, input)),
  /** What waits for the caller's next move. */
  tasks: actor
    .input(z.object({ department: z.string().max(20).nullable().default(null) }))
    .query(({ ctx, input }) => myTasks(ctx.connection, ctx.scope, departmentOf(ctx.scope, input.department))),
  byId: inScope.input(EventId).query(({ ctx, input }) => eventById(ctx.connection, ctx.scope, input.id, input)),
  history: inScope.input(EventId).query(({ ctx, input }) => eventHistory(ctx.connection, ctx.scope, input.id, input)),
  list: inScope
    .input(EventAsk)
    .query(({ ctx, input: { question, ...paging } }) => listEvents(ctx.connection, ctx.scope, question, paging)),
  open: inScope
    .input(EventAsk)
    .query(({ ctx, input: { question, ...paging } }) => listOpenEvents(ctx.connection, ctx.scope, question, paging)),
  points: inScope
    .input(z.object({ question: Question }))
    .query(({ ctx, input }) => openPoints(ctx.connection, ctx.scope, input.question)),
  flows: inScope
    .input(z.object({ question: Question, isByHour: z.boolean() }))
    .query(({ ctx, input: { question, isByHour } }) => eventFlows(ctx.connection, ctx.scope, question, isByHour)),
});
