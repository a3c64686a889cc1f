import { cookies } from 'next/headers';
import { ChooserScreen } from '@/screens/chooser/screen';

/** Sends a post to its page; `/?choose` lets it choose another. */
export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | undefined>> }) {
  const [jar, query] = await Promise.all([cookies(), searchParams]);
  const hasPost = ['gridhall-post', 'gridhall.session_token'].some((name) => (jar.get(name)?.value ?? '') !== '');
  return <ChooserScreen isSent={hasPost && query.choose === undefined} />;
}
