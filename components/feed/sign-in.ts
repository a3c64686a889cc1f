import { Told } from './plain-page';

/** Asks or tells the routes of one's own account; throws `Told` where they refuse. */
export const callAccount = async <T>(path: string, body?: unknown): Promise<T> => {
  const json = { 'content-type': 'application/json' };
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: json };
  const answer = await fetch(`/api/account/${path}`, { cache: 'no-store', ...post }).catch(() => {
    throw new Told('unavailable', null);
  });
  if (answer.ok) return answer.json();
  const told = await answer.json().catch(() => ({}));
  throw new Told(told.code ?? 'unavailable', told.reason ?? null, told.params ?? {});
};

/** Ends the sign-in of this browser, if there is one. */
export const endSignIn = () => callAccount('sign-out', {});

/** Whether an actor is an account, not a post of the chooser. */
export const isAccount = (actorId: string): boolean => actorId.startsWith('@');
