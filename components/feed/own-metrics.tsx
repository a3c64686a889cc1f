'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { joinOwn } from '@/data/metrics';
import { ownPrefix } from '@/data/metrics/own';
import { useTRPC } from './trpc';
import { useView } from './view';

/** Puts the customer's indicators beside the catalogue; a View that names one waits until they are there. */
export const OwnMetrics = ({ children }: { children: ReactNode }) => {
  const api = useTRPC();
  const { view } = useView();
  const { data, isPending } = useQuery(api.metric.own.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  useMemo(() => joinOwn((data ?? []).map(({ metric }) => metric)), [data]);
  return isPending && view.metric?.startsWith(ownPrefix) ? null : children;
};
