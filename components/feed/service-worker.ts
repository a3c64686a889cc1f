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
