import { connect } from '../db/client';
import { startJobs } from '../job/worker';
import { retentionJobs } from './run';

/** Erases what is due in a database until it is killed by the test that started it. */
startJobs(connect(process.argv[2] ?? '', { max: 4 }), retentionJobs, { leaseSeconds: 1 });
