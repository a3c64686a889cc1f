import { useQuery } from '@tanstack/react-query';
import { isAccount } from './sign-in';
import { useText } from './text';
import { useTRPC } from './trpc';

/** Where the caller's post is changed: the chooser of a demo, or his account. `key`: text key of that way. */
export const usePostLink = (): { href: string; key: string } => {
  const { lang, installation } = useText();
  const me = useQuery(useTRPC().access.me.queryOptions(undefined, { staleTime: Infinity })).data;
  const hasAccount = me !== undefined && isAccount(me.actorId);
  if (installation?.demo && !hasAccount) return { href: '/?choose', key: 'common.action.signIn' };
  return { href: `/sign-in?lang=${lang}`, key: hasAccount ? 'account.own' : 'account.signIn' };
};
