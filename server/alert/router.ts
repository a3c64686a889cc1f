import { z } from 'zod';
import type { Alert } from '@/data/model/alert';
import { Moment } from '@/data/model/moment';
import { Problem } from '@/data/model/problem';
import { instantOf } from '../db/moment';
import { replica } from '../metric/replica';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { readImpact } from './impact';
import { type PlacedAlert, readAreaOutlines, readChain, readHistory, readInForce, readQuietSince } from './store';

const told = ({ areas, ...alert }: PlacedAlert): Alert => ({
  ...alert,
  areas: areas.map(({ path: _path, ...area }) => area),
});

export const alertRouter = router({
  /** Warnings in force; `quietSince` = when the last one ended, while there is none. */
  inForce: inScope.input(Moment).query(async ({ ctx, input }) => {
    const at = await instantOf(ctx.connection, input);
    const alerts = await readInForce(ctx.connection, ctx.scope, at);
    const quietSince = alerts.length > 0 ? null : await readQuietSince(ctx.connection, ctx.scope, at);
    return { asOf: at.toISOString(), alerts: alerts.map(told), quietSince };
  }),
  /** Outlines of the warnings in force. */
  areas: inScope.input(Moment).query(async ({ ctx, input }) => {
    const at = await instantOf(ctx.connection, input);
    const alerts = await readInForce(ctx.connection, ctx.scope, at);
    return { asOf: at.toISOString(), areas: await readAreaOutlines(ctx.connection, ctx.scope, alerts) };
  }),
  /** What lies in the area of each warning in force; aggregates alone. */
  impact: inScope.input(Moment).query(async ({ ctx, input }) => {
    const at = await instantOf(ctx.connection, input);
    const alerts = await readInForce(ctx.connection, ctx.scope, at);
    const context = { facts: await replica().ready(), db: ctx.connection.db, scope: ctx.scope };
    const impacts = await readImpact(context, alerts, input.at && at.toISOString());
    return { asOf: at.toISOString(), alerts: alerts.map(told), impacts };
  }),
  /** One message with its chain as known at the moment, and what lies in its area. */
  byId: inScope.input(Moment.extend({ id: z.string().max(60) })).query(async ({ ctx, input }) => {
    const at = await instantOf(ctx.connection, input);
    const found = await readChain(ctx.connection, ctx.scope, { id: input.id, at });
    if (!found) throw new Problem('not_found', `No warning ${input.id} in your territory.`);
    const context = { facts: await replica().ready(), db: ctx.connection.db, scope: ctx.scope };
    const [impact = null] = await readImpact(context, [found.alert], input.at && at.toISOString());
    return { asOf: at.toISOString(), alert: told(found.alert), chain: found.chain.map(told), impact };
  }),
  /** Messages sent up to the moment, newest first. */
  history: inScope
    .input(Moment.extend({ limit: z.number().int().min(1).max(200).default(60) }))
    .query(async ({ ctx, input }) => {
      const at = await instantOf(ctx.connection, input);
      const rows = await readHistory(ctx.connection, ctx.scope, { at, limit: input.limit });
      return { asOf: at.toISOString(), alerts: rows.map(told) };
    }),
});
