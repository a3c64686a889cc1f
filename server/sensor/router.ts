import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { listDevices } from './store';

export const sensorRouter = router({
  /** Devices of one's territory with their newest reading. */
  list: byRole('R2', 'R3', 'R4').query(({ ctx }) => listDevices(ctx.connection, ctx.scope)),
});
