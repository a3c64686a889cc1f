import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench } from './result';

const folder = fileURLToPath(new URL('.', import.meta.url));
const machinery = ['run.ts', 'result.ts'];

const known = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !machinery.includes(name))
  .map((name) => name.slice(0, -3));

/** Runs the named benches, or all; one JSON object a line. Each bench is a file here that exports `bench`. */
const main = async (): Promise<void> => {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !existsSync(`${folder}${name}.ts`) || !known.includes(name));
  if (unknown.length > 0) {
    console.error(`No bench ${unknown.join(', ')}. npm run bench -- ${known.join(' | ')}`);
    process.exit(2);
  }
  for (const name of names.length > 0 ? names : known) {
    const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
    for await (const result of bench()) console.log(JSON.stringify(result));
  }
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
