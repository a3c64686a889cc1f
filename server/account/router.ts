import { z } from 'zod';
import { AccountName, GrantedPost, Username } from '@/data/model/account';
import { allPosts } from '../access/store';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import * as store from './store';

/** Keeps the names (系统管理员): makes accounts and gives lost passwords anew, grants nothing. */
const system = byRole('R9');
/** Keeps the rights (安全管理员): grants, withdraws, unlocks, ends sign-ins; makes no account. */
const security = byRole('R10');
const either = byRole('R9', 'R10');

const Of = z.object({ id: z.string().max(60) });

/** Accounts (账号) and their posts. One's own account is not here but under `/api/account/`. */
export const accountRouter = router({
  list: either.query(({ ctx }) => store.listAccounts(ctx.connection, ctx.scope)),
  /** Every post there is to grant in one's territory. */
  posts: security.query(({ ctx }) => allPosts(ctx.connection, ctx.scope.path)),
  create: system
    .input(z.object({ username: Username, name: AccountName }))
    .mutation(({ ctx, input }) => store.createAccount(ctx.connection, ctx.scope, input)),
  renewPassword: system
    .input(Of)
    .mutation(({ ctx, input }) => store.renewPassword(ctx.connection, ctx.scope, input.id)),
  dropFactor: security.input(Of).mutation(({ ctx, input }) => store.dropFactor(ctx.connection, ctx.scope, input.id)),
  unlock: security.input(Of).mutation(({ ctx, input }) => store.unlock(ctx.connection, ctx.scope, input.id)),
  signOut: security
    .input(Of)
    .mutation(({ ctx, input }) => store.signOutEverywhere(ctx.connection, ctx.scope, input.id)),
  grant: security
    .input(z.object({ id: z.string().max(60), post: GrantedPost }))
    .mutation(({ ctx, input }) => store.grantPost(ctx.connection, ctx.scope, input.id, input.post)),
  withdraw: security
    .input(z.object({ grant: z.uuid() }))
    .mutation(({ ctx, input }) => store.withdrawPost(ctx.connection, ctx.scope, input.grant)),
});
