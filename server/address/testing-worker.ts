import { connect } from '../db/client';
import { startJobs } from '../job/worker';
import { addressJobs } from './run';

/** Matches the lists of a database until it is killed by the test that started it. */
startJobs(connect(process.argv[2] ?? '', { max: 4 }), addressJobs, { leaseSeconds: 1 });
