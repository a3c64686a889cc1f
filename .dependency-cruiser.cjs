/** Who may import whom: ARCHITECTURE §2 as rules. */
const forbid = (name, from, to) => ({ name, severity: 'error', from, to });
const tests = '\\.(test|spec)\\.tsx?$|/testing[^/]*\\.ts$|/crash-[^/]*\\.ts$';

module.exports = {
  forbidden: [
    forbid('no-circular', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } }),
    forbid('nothing-unresolved', {}, { couldNotResolve: true }),
    forbid('data-is-a-leaf', { path: '^data/' }, { path: '^(server|components|screens|app)/' }),
    forbid('server-never-sees-ui', { path: '^server/' }, { path: '^(components|screens|app)/' }),
    forbid(
      'ui-never-runs-server',
      { path: '^(components|screens)/|^app/(?!api/)', pathNot: `^components/feed/trpc\\.ts$|${tests}` },
      { path: '^server/' },
    ),
    forbid(
      'feed-takes-the-router',
      { path: '^components/feed/trpc\\.ts$' },
      { path: '^server/', pathNot: '^server/trpc/root\\.ts$' },
    ),
    forbid('components-below-screens', { path: '^components/' }, { path: '^(screens|app)/' }),
    forbid('base-is-lowest', { path: '^components/base/' }, { path: '^components/(chart|map|layers|panel|panels)/' }),
    forbid('chart-knows-no-map', { path: '^components/chart/' }, { path: '^components/(map|layers|panel|panels)/' }),
    forbid(
      'map-knows-no-layer',
      { path: '^components/map/' },
      { path: '^components/(layers|panel|panels)/', pathNot: '^components/layers/index\\.ts$' },
    ),
    forbid(
      'panels-do-not-nest',
      { path: '^components/panels/(?!index)', pathNot: tests },
      { path: '^components/panels/.*\\.tsx?$' },
    ),
    forbid(
      'layers-do-not-nest',
      { path: '^components/layers/(?!index)', pathNot: tests },
      { path: '^components/layers/.*\\.tsx?$' },
    ),
    forbid(
      'module-door-is-store',
      { path: '^server/([^/]+)/', pathNot: `^server/(trpc/root|db/schema)\\.ts$|${tests}` },
      { path: '^server/[^/]+/(table|router)\\.ts$', pathNot: '^server/$1/' },
    ),
    forbid('screens-do-not-share', { path: '^screens/([^/]+)/' }, { path: '^screens/[^/]+/', pathNot: '^screens/$1/' }),
    forbid('products-use-no-test-tools', { pathNot: `${tests}|^server/bench/` }, { path: '/testing[^/]*\\.ts$' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^\\.next/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
