import { connect } from '../db/client';
import { startJobs } from '../job/worker';
import { verifyJobs } from './run';

/** Runs the rules of a database's batches until it is killed by the test that started it. */
startJobs(connect(process.argv[2] ?? '', { max: 4 }), verifyJobs, { leaseSeconds: 1 });
