import { CacheFirst, ExpirationPlugin, NetworkFirst, Serwist, type SerwistPlugin } from 'serwist';

/** Pages that open without a network; their parts come from the other caches. */
const shells = ['/small', '/worker'];

/** A page is the same whatever its query says: the browser reads the View from the address. */
const oneShell: SerwistPlugin = { cacheKeyWillBeUsed: async ({ request }) => new URL(request.url).pathname };

const waitSeconds = 4;

/**
 * Keeps what a tablet needs to open without a network: the page, its code and fonts, the outlines of the map. Nothing
 * the server answers to a question passes through here: answers are kept by `kept-answers`, aggregates alone.
 */
const worker = new Serwist({
  skipWaiting: true,
  clientsClaim: true,
  runtimeCaching: [
    {
      matcher: ({ sameOrigin, url }) => sameOrigin && url.pathname.startsWith('/_next/static/'),
      handler: new CacheFirst({
        cacheName: 'gridhall-part',
        plugins: [new ExpirationPlugin({ maxEntries: 400 })],
      }),
    },
    {
      matcher: ({ sameOrigin, url }) => sameOrigin && shells.includes(url.pathname) && !url.searchParams.has('_rsc'),
      handler: new NetworkFirst({
        cacheName: 'gridhall-shell',
        networkTimeoutSeconds: waitSeconds,
        plugins: [oneShell],
      }),
    },
    {
      matcher: ({ sameOrigin, url }) =>
        sameOrigin && url.pathname.startsWith('/api/map/') && !url.pathname.endsWith('/points'),
      handler: new NetworkFirst({
        cacheName: 'gridhall-map',
        networkTimeoutSeconds: waitSeconds,
        plugins: [new ExpirationPlugin({ maxEntries: 40 })],
      }),
    },
  ],
});
worker.addEventListeners();

type Waiting = { waitUntil: (work: Promise<unknown>) => void };
type Heard = {
  push: Waiting & { data: { json: () => unknown } | null };
  notificationclick: Waiting & { notification: Notification };
};
/** The global scope of this file, which the types of a page do not name. */
type Scope = {
  registration: ServiceWorkerRegistration;
  clients: {
    matchAll: (options: { type: 'window' }) => Promise<{ focus: () => Promise<unknown> }[]>;
    openWindow: (url: string) => Promise<unknown>;
  };
  addEventListener: <K extends keyof Heard>(name: K, listener: (heard: Heard[K]) => void) => void;
};
const scope = self as unknown as Scope;

/** A notice says a kind and a number; what it is about is read in the product, by the post. */
scope.addEventListener('push', (push) => {
  if (!push.data) return;
  const { id, text } = push.data.json() as { id: number; text: string };
  push.waitUntil(scope.registration.showNotification(text, { tag: `notice-${id}` }));
});

scope.addEventListener('notificationclick', (click) => {
  click.notification.close();
  click.waitUntil(
    scope.clients.matchAll({ type: 'window' }).then(async ([open]) => {
      await (open ? open.focus() : scope.clients.openWindow('/worker'));
    }),
  );
});
