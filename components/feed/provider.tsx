'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { Fragment, type ReactNode, Suspense, useState } from 'react';
import superjson from 'superjson';
import type { ScreenKey } from '@/data/model/scope';
import { DivisionsProvider } from './divisions';
import { LiveProvider } from './live';
import { OfflineMemory } from './offline';
import { OwnMetrics } from './own-metrics';
import { TextProvider } from './text';
import { type Router, TRPCProvider } from './trpc';
import { ViewProvider } from './view';

const makeClient = (screen: ScreenKey) =>
  createTRPCClient<Router>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url: '/api/trpc', transformer: superjson, connectionParams: { screen } }),
        false: httpBatchLink({
          url: '/api/trpc',
          transformer: superjson,
          headers: { 'x-screen': screen },
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

/** Everything a screen needs from the server: cache, client, words, tree, live feed. */
export const FeedProvider = ({ screen, children }: { screen: ScreenKey; children: ReactNode }) => {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(() => makeClient(screen));
  const Memory = screen === 'small' ? OfflineMemory : Fragment;
  return (
    <Suspense>
      <NuqsAdapter>
        <ViewProvider>
          <QueryClientProvider client={queryClient}>
            <TRPCProvider trpcClient={client} queryClient={queryClient}>
              <Memory>
                <TextProvider>
                  <DivisionsProvider>
                    <LiveProvider>
                      <OwnMetrics>{children}</OwnMetrics>
                    </LiveProvider>
                  </DivisionsProvider>
                </TextProvider>
              </Memory>
            </TRPCProvider>
          </QueryClientProvider>
        </ViewProvider>
      </NuqsAdapter>
    </Suspense>
  );
};
