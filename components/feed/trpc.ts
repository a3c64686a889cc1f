import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '@/server/trpc/root';

/** The only door to the server: types of the router, no code. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
export type Router = AppRouter;
export type Api = ReturnType<typeof useTRPC>;
export type Outputs = inferRouterOutputs<AppRouter>;
