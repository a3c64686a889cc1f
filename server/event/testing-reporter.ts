import { connect } from '../db/client';
import { reportEvent } from './store';
import { townReport, townScope } from './testing';

/** Reports without end and prints each event's id once it is acknowledged; killed by the test that started it. */
const reportForEver = async (url: string): Promise<never> => {
  const connection = connect(url, { max: 4 });
  const lane = async (): Promise<never> => {
    for (;;) {
      const { id } = await reportEvent(connection, townScope('R2'), townReport('A1'));
      process.stdout.write(`${id}\n`);
    }
  };
  return Promise.race(Array.from({ length: 4 }, lane));
};

void reportForEver(process.argv[2] ?? '');
