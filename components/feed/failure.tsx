'use client';

import type { Lang } from '@/data/model/format';
import { refusalIn } from '@/data/model/intake';
import { translate } from '@/data/text/translate';
import { endSignIn } from './sign-in';

/** Problem code of a failed request, `unavailable` when it carries none. */
export const problemOf = (error: unknown): string =>
  (error as { data?: { problem?: { code: string } | null } | null } | null)?.data?.problem?.code ?? 'unavailable';

type Told = { data?: { problem?: { params?: Record<string, string | number> } | null } | null } | null;

const paramsOf = (error: unknown): Record<string, string | number> => (error as Told)?.data?.problem?.params ?? {};

/** Why a request failed, in words: the reason the server gives, or the sentence of its code. */
export const problemWords = (
  error: unknown,
  t: (key: string, params?: Record<string, string | number>) => string,
): string => {
  const params = paramsOf(error);
  const reason = refusalIn(params.reason);
  return t(reason ? `intake.refused.${reason}` : `common.problem.${problemOf(error)}`, params);
};

const leavePost = async () => {
  await endSignIn();
  await fetch('/api/post', { method: 'DELETE' });
  window.location.assign('/');
};

/** Stands in for a whole screen when what every screen needs could not be had; says what to do. */
export const FeedFailure = ({ error, lang }: { error: unknown; lang: Lang }) => {
  const code = problemOf(error);
  const reason = refusalIn(paramsOf(error).reason);
  return (
    <main data-screen="none" data-state="failed" data-size="desk" style={{ padding: '15vh 10vw', lineHeight: 1.8 }}>
      <h1>{translate(lang, reason ? `intake.refused.${reason}` : `common.problem.${code}`)}</h1>
      <p>{error instanceof Error ? error.message : ''}</p>
      {reason?.startsWith('account_') && (
        <p>
          <a href={`/sign-in?lang=${lang}`}>{translate(lang, 'account.own')}</a>
        </p>
      )}
      <button type="button" onClick={() => window.location.reload()} style={{ minHeight: 44, padding: '0 1em' }}>
        {translate(lang, 'common.state.retry')}
      </button>
      {code === 'not_allowed' && (
        <button
          type="button"
          onClick={() => void leavePost()}
          style={{ minHeight: 44, padding: '0 1em', marginLeft: 8 }}
        >
          {translate(lang, 'common.action.signOut')}
        </button>
      )}
    </main>
  );
};
