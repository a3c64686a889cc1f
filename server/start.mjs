import { checkNode, ensureInstalled, root } from './prepare.mjs';

checkNode();
process.chdir(root);
process.env.NODE_ENV = process.argv.includes('--dev') ? 'development' : 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
await ensureInstalled();
// One process from here on: a killed start leaves no half behind.
const hooks = [(await import('tsx/cjs/api')).register(), (await import('tsx/esm/api')).register()];
await import('./serve.ts');
// The pages are built JavaScript and load faster without the TypeScript hooks.
for (const unregister of hooks) unregister();
