'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../feed/trpc';

/** Asks again for what a step of an event, a ticket, a whistle, a dispute, a joint-control ticket, a campaign, a list of addresses, a drill, a roll call, an errand, a visit, a record collected at a door, an account or a batch of doubtful records may have changed. */
export const useAskedAgain = (): (() => Promise<unknown>) => {
  const api = useTRPC();
  const client = useQueryClient();
  return () =>
    Promise.all(
      [
        api.account,
        api.address,
        api.event,
        api.dispatch,
        api.dispute,
        api.control,
        api.campaign,
        api.care,
        api.collection,
        api.drill,
        api.muster,
        api.errand,
        api.volunteer,
        api.supervision,
        api.verify,
        api.notice,
        api.metric,
      ].map((module) => client.invalidateQueries(module.pathFilter())),
    );
};
