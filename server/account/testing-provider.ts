import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Configuration, Provider } from 'oidc-provider';

/** A provider of single sign-on on a port of its own; whoever signs in there is who he says. `signIn` walks its pages. */
export const startProvider = async (client: { id: string; secret: string; back: string }) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const configuration: Configuration = {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.back] }],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: `subject-${id}`, preferred_username: id }),
    }),
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    cookies: { keys: ['provider of the test'] },
  };
  const provider = new Provider(issuer, configuration);
  server.on('request', provider.callback());

  /** From the address a browser is sent to, through sign-in and consent; the address it is sent back to. */
  const signIn = async (address: string, name: string): Promise<string> => {
    const jar = new Map<string, string>();
    const go = async (url: string, form?: Record<string, string>): Promise<string> => {
      const answer = await fetch(new URL(url, issuer), {
        ...{ redirect: 'manual', method: form ? 'POST' : 'GET', body: form ? new URLSearchParams(form) : null },
        headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [key = '', ...value] = (cookie.split(';')[0] ?? '').split('=');
        jar.set(key, value.join('='));
      }
      return answer.headers.get('location') ?? '';
    };
    const login = await go(address);
    const consent = await go(await go(login, { prompt: 'login', login: name, password: 'any' }));
    return go(await go(consent, { prompt: 'consent' }));
  };
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { issuer, signIn, stop };
};
