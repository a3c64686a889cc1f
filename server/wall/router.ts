import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { Cast, Course, InterruptStep, LinkId, PairCode, Sequence, WallCard } from '@/data/model/cast';
import { Problem } from '@/data/model/problem';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { followWall, point } from './follow';
import { moveLease } from './lease';
import * as store from './store';

const Key = z.object({ id: LinkId, secret: LinkId });
const Ear = z.object({ id: LinkId, ear: z.string().regex(/^[0-9a-f]{64}$/) });
const Term = z.object({ key: Key, term: z.number().int().min(1) });
const EventId = z.string().regex(/^[\w-]{1,60}$/);

/** A call by a device that joined; `ctx.device` says which wall it is at and what it may. */
const byDevice = inScope
  .input(z.object({ key: Key }))
  .use(async ({ ctx, input, next }) =>
    next({ ctx: { device: await store.authDevice(ctx.connection, ctx.scope, input.key) } }),
  );

const mayConduct = byDevice.use(({ ctx, next }) => {
  if (!ctx.device.mayConduct) throw new Problem('not_allowed', 'This post only views the wall.');
  return next();
});

/** Sends the client to come again: it opens the line anew by itself. */
const comeAgain = (cause: unknown) =>
  new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'The line to the wall was interrupted.', cause });

const mayComeAgain = (error: unknown): boolean => !(error instanceof Problem) || error.code === 'unavailable';

type Follow = Parameters<typeof followWall>;

async function* follow(connection: Follow[0], options: Omit<Follow[1], 'signal'>, signal: AbortSignal | undefined) {
  try {
    yield* followWall(connection, { ...options, signal: signal ?? new AbortController().signal });
  } catch (error) {
    throw mayComeAgain(error) ? comeAgain(error) : error;
  }
}

export const wallRouter = router({
  /** The page of a wall says who it is; the answer is its key from then on. */
  register: inScope
    .input(z.object({ key: Key.nullable(), card: WallCard }))
    .mutation(({ ctx, input }) => store.registerWall(ctx.connection, ctx.scope, input)),
  code: inScope.input(z.object({ key: Key })).mutation(async ({ ctx, input }) => {
    const { id } = await store.authWall(ctx.connection, input.key);
    return store.renewCode(ctx.connection, id);
  }),
  /** What the wall hears. */
  follow: inScope.input(Ear).subscription(async function* ({ ctx, input, signal }) {
    const { id } = await store.authWall(ctx.connection, input);
    yield* follow(ctx.connection, { wall: id, isWall: true }, signal);
  }),
  /** The wall has drawn a cast. */
  shown: inScope
    .input(z.object({ key: Key, sequence: Sequence }))
    .mutation(async ({ ctx, input: { key, sequence } }) => {
      const { id } = await store.authWall(ctx.connection, key);
      await moveLease(ctx.connection, id, { kind: 'shown', sequence });
    }),
  /** The wall says which Ⅰ event interrupts it and how far; null = none. */
  interrupted: inScope
    .input(z.object({ key: Key, by: z.object({ event: EventId, step: InterruptStep }).nullable() }))
    .mutation(async ({ ctx, input: { key, by } }) => {
      const { id } = await store.authWall(ctx.connection, key);
      await moveLease(ctx.connection, id, { kind: 'interrupted', by });
    }),

  list: inScope.query(({ ctx }) => store.listWalls(ctx.connection, ctx.scope)),
  join: inScope
    .input(z.union([z.object({ code: PairCode }), z.object({ wall: LinkId })]))
    .mutation(({ ctx, input }) =>
      'code' in input
        ? store.joinByCode(ctx.connection, ctx.scope, input.code)
        : store.joinById(ctx.connection, ctx.scope, input.wall),
    ),
  leave: byDevice.mutation(async ({ ctx, input: { key } }) => {
    const { wall } = ctx.device;
    const { conductor, term } = await moveLease(ctx.connection, wall, { kind: 'withdraw', device: key.id });
    if (conductor?.device === key.id) await moveLease(ctx.connection, wall, { kind: 'release', device: key.id, term });
    await store.touchDevice(ctx.connection, key.id, true);
  }),
  /** What a device hears of the wall it is at. */
  watch: inScope.input(Ear).subscription(async function* ({ ctx, input, signal }) {
    const { wall } = await store.authDevice(ctx.connection, ctx.scope, input);
    yield* follow(ctx.connection, { wall, isWall: false }, signal);
  }),
  me: byDevice.query(async ({ ctx, input: { key } }) => {
    await store.touchDevice(ctx.connection, key.id);
    return { wall: ctx.device.wall, mayConduct: ctx.device.mayConduct, mayTakeBack: ctx.device.mayTakeBack };
  }),

  /** Asks to conduct (请求主控): at once where nobody does, else the conductor answers or 20 s pass. */
  claim: mayConduct.mutation(({ ctx }) =>
    moveLease(ctx.connection, ctx.device.wall, { kind: 'claim', by: ctx.device.post }),
  ),
  withdraw: byDevice.mutation(({ ctx, input: { key } }) =>
    moveLease(ctx.connection, ctx.device.wall, { kind: 'withdraw', device: key.id }),
  ),
  /** Takes the wall back (收回): the desk on duty, at once. */
  take: byDevice.mutation(({ ctx: { connection, device } }) => {
    if (!device.mayTakeBack) throw new Problem('not_allowed', 'Only the desk on duty takes a wall back.');
    return moveLease(connection, device.wall, { kind: 'take', by: device.post });
  }),
  /** The conductor: hands over to who asks, refuses, gives up, is still there, wants no disturbance (勿扰) or no more. */
  conduct: mayConduct
    .input(Term.extend({ move: z.enum(['accept', 'decline', 'release', 'beat', 'quiet', 'loud']) }))
    .mutation(({ ctx, input: { key, term, move } }) =>
      moveLease(ctx.connection, ctx.device.wall, { kind: move, device: key.id, term }),
    ),
  /** What becomes of the event that interrupts the wall; by the conductor, the way back by the desk on duty as well. */
  steer: byDevice
    .input(z.object({ key: Key, term: z.number().int().min(0), event: EventId, course: Course }))
    .mutation(({ ctx: { connection, device }, input: { key, ...rest } }) =>
      moveLease(connection, device.wall, {
        kind: 'steer',
        device: key.id,
        mayTakeBack: device.mayTakeBack,
        ...rest,
      }),
    ),
  cast: mayConduct.input(Term.extend(Cast.shape)).mutation(async ({ ctx, input: { key, term, sequence, view } }) => {
    const { connection, device } = ctx;
    const stripped = await store.stripFor(connection, device.division, view);
    return moveLease(connection, device.wall, { kind: 'cast', device: key.id, term, sequence, view: stripped });
  }),
  point: mayConduct
    .input(Term.extend({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }))
    .mutation(({ ctx, input: { key, term, lng, lat } }) =>
      point(ctx.connection, { wall: ctx.device.wall, device: key.id, term, lng, lat }),
    ),

  /** Takes notice of a Ⅰ event (确认); post and time are kept. */
  acknowledge: inScope
    .input(z.object({ event: EventId }))
    .mutation(({ ctx, input }) => store.acknowledge(ctx.connection, ctx.scope, input.event)),
  acknowledged: inScope
    .input(z.object({ events: z.array(EventId).max(60) }))
    .query(({ ctx, input }) => store.listAcknowledged(ctx.connection, ctx.scope, input.events)),
});
