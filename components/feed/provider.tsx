'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { Fragment, type ReactNode, Suspense, useState } from 'react';
import superjson from 'superjson';
import type { ScreenKey } from '@/data/model/scope';
import { DivisionsProvider } from './divisions';
import { DrillProvider, useDrill } from './drill';
import { LiveProvider } from './live';
import { OfflineMemory } from './offline';
import { OwnMetrics } from './own-metrics';
import { TextProvider } from './text';
import { type Router, TRPCProvider } from './trpc';
import { ViewProvider } from './view';

/** What every request says of its screen: its class, and the drill it is in. */
const saidOf = (screen: ScreenKey, drill: string | null) => ({ screen, ...(drill === null ? {} : { drill }) });

const makeClient = (screen: ScreenKey, drill: string | null) =>
  createTRPCClient<Router>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          url: '/api/trpc',
          transformer: superjson,
          connectionParams: saidOf(screen, drill),
        }),
        false: httpBatchLink({
          url: '/api/trpc',
          transformer: superjson,
          headers: { 'x-screen': screen, ...(drill === null ? {} : { 'x-drill': drill }) },
          methodOverride: 'POST',
          maxItems: 12,
        }),
      }),
    ],
  });

const makeQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 60_000, gcTime: 10 * 60_000, refetchOnWindowFocus: false, retry: 2 },
    },
  });

type FeedProps = { screen: ScreenKey; children: ReactNode };

/** A drill has a cache of its own, keeps nothing on the device, and knows no figures. */
const Served = ({ screen, children }: FeedProps) => {
  const drill = useDrill();
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(() => makeClient(screen, drill));
  const Memory = screen === 'small' && drill === null ? OfflineMemory : Fragment;
  const Own = drill === null ? OwnMetrics : Fragment;
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <Memory>
          <TextProvider>
            <DivisionsProvider>
              <LiveProvider screen={screen}>
                <Own>{children}</Own>
              </LiveProvider>
            </DivisionsProvider>
          </TextProvider>
        </Memory>
      </TRPCProvider>
    </QueryClientProvider>
  );
};

/** Everything a screen needs from the server: cache, client, words, tree, live feed; of a drill where it is in one. */
export const FeedProvider = ({ mayDrill = false, ...rest }: FeedProps & { mayDrill?: boolean }) => (
  <Suspense>
    <NuqsAdapter>
      <DrillProvider mayEnter={mayDrill}>
        <ViewProvider>
          <Served {...rest} />
        </ViewProvider>
      </DrillProvider>
    </NuqsAdapter>
  </Suspense>
);
