import { connect } from '../db/client';
import { jobHandlers } from '../job/handlers';
import { type JobHandlers, startJobs } from '../job/worker';

/** Works on the queue as the product does until it is killed; prints each send, and rests between it and its end. */
const supervise = (url: string, home: string): void => {
  const handlers: JobHandlers = Object.fromEntries(
    Object.entries(jobHandlers(home)).map(([kind, handler]) => [
      kind,
      {
        ...handler,
        send: async (...given: Parameters<NonNullable<typeof handler.send>>) => {
          await handler.send?.(...given);
          process.stdout.write(`${given[1].key}\n`);
          await new Promise((resolve) => setTimeout(resolve, 10));
        },
      },
    ]),
  );
  startJobs(connect(url, { max: 3 }), handlers, { leaseSeconds: 1 });
};

supervise(process.argv[2] ?? '', process.argv[3] ?? '');
