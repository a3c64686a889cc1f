import { sql } from 'drizzle-orm';
import { connect } from '../db/client';
import { startJobs } from './worker';

/**
 * Works on jobs of kind `mark` until it is killed by the test that started it. Each prints its key, rests a moment
 * between taking and doing, and writes one line.
 */
const work = (url: string): void => {
  startJobs(
    connect(url, { max: 3 }),
    {
      mark: {
        send: async (_connection, { key }) => {
          process.stdout.write(`${key}\n`);
          await new Promise((resolve) => setTimeout(resolve, 15));
        },
        effect: async (tx, { key }) => {
          await tx.execute(sql`insert into mark (key) values (${key})`);
          return undefined;
        },
      },
    },
    { leaseSeconds: 1 },
  );
};

work(process.argv[2] ?? '');
