import { ScreenKey } from '@/data/model/scope';
import { resolveScope } from '../../access/store';
import { connect } from '../../db/client';
import { createHttp } from '../../live/testing-http';

/**
 * The product's procedures and live feed over HTTP in a process of their own; who asks is told by `x-post` (`R5:440307009001`), what
 * with by `x-screen`. Tells its parent its port, and its CPU in microseconds when asked.
 */
const serve = (url: string): void => {
  const connection = connect(url);
  const headerOf = (value: string | string[] | undefined): string | undefined =>
    Array.isArray(value) ? value[0] : value;
  const server = createHttp(async ({ headers }) => ({
    scope: await resolveScope(connection, {
      badge: headerOf(headers['x-post']),
      screen: ScreenKey.parse(headerOf(headers['x-screen']) ?? 'mid'),
    }),
    connection,
  }));
  // As a proxy in front of it does, senders keep lines open that they use now and then.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
  });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system });
  });
};

serve(process.argv[2] ?? '');
