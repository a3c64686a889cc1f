import { join } from 'node:path';
import { addressJobs } from '../address/run';
import { recutJobs } from '../division/recut-sweep';
import { drillJobs } from '../drill/jobs';
import { fileChannel } from '../notice/channel';
import { noticeJobs } from '../notice/jobs';
import { pushChannel } from '../notice/web-push';
import { retentionJobs } from '../retention/run';
import { supervisionJobs } from '../supervision/climb';
import { reviewJobs } from '../supervision/follow';
import { verifyJobs } from '../verify/run';
import type { JobHandlers } from './worker';

/** What each kind of job does; one line a module. Gateways take messages from files under `home`. */
export const jobHandlers = (home: string): JobHandlers => {
  const file = fileChannel(join(home, 'outbox'));
  const notices = noticeJobs({ sms: file, wecom: file, push: pushChannel() });
  return {
    ...addressJobs,
    ...drillJobs,
    ...recutJobs,
    ...retentionJobs,
    ...supervisionJobs,
    ...reviewJobs,
    ...verifyJobs,
    ...notices,
  };
};
