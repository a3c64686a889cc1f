// Killed with -9, the parent cannot stop its build: the closed channel does.
process.once('disconnect', () => process.exit(1));
process.argv.push('build');
await import('next/dist/bin/next');
