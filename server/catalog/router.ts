import { z } from 'zod';
import { FieldId } from '@/data/model/catalog';
import { roles } from '@/data/model/scope';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { listFields, readField, readFilled } from './store';

const anyone = byRole(...roles);
const ById = z.object({ id: FieldId });

/** Every field of the store: where it comes from, what for, who answers, its class, how long it is kept (数据资源目录). */
export const catalogRouter = router({
  list: anyone.query(() => listFields()),
  byId: anyone.input(ById).query(({ ctx, input }) => readField(ctx.connection, input.id)),
  filled: anyone.input(ById).query(({ ctx, input }) => readFilled(ctx.connection, input.id)),
});
