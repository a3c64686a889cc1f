import { sql } from 'drizzle-orm';
import { withSafeBegin } from './begin';
import { connect } from './client';
import { openDatabase } from './migrate';

process.on('uncaughtException', (e) =>
  console.log('UNCAUGHT', e.message, (e.stack ?? '').split('\n').slice(1, 9).join(' | '), (e as any).query),
);
(async () => {
  const d = await openDatabase({ home: '/tmp/home-live', database: 'stress' });
  const c = connect(d.url, { max: 6 });
  if (process.argv[2] === 'safe') withSafeBegin(c.sql);
  await c.sql`create table if not exists t (id text primary key, n int)`;
  await c.sql`truncate t`;
  let stop = false;
  const acked: string[] = [];
  const errors: Record<string, number> = {};
  const writer = async (w: number) => {
    for (let i = 0; !stop; i++) {
      const id = `${w}-${i}`;
      try {
        await c.db.transaction(async (tx) => {
          await tx.execute(sql`insert into t values (${id}, 1)`);
          if (i % 3 === 0) await new Promise((r) => setTimeout(r, 3));
          await tx.execute(sql`update t set n = 2 where id = ${id}`);
        });
        acked.push(id);
      } catch (e) {
        const m = (e as any).cause?.code ?? (e as any).code ?? (e as Error).message;
        errors[m] = (errors[m] ?? 0) + 1;
      }
    }
  };
  const ws = Array.from({ length: 8 }, (_, i) => writer(i));
  const k = connect(d.url, { max: 1 });
  for (let r = 0; r < 60; r++) {
    await new Promise((r) => setTimeout(r, 60));
    await k.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname='stress' and pid <> pg_backend_pid()`.catch(
      () => {},
    );
  }
  stop = true;
  const t = Date.now();
  await Promise.race([Promise.all(ws), new Promise((r) => setTimeout(r, 5000))]);
  console.log('writers ended', Date.now() - t, 'ms');
  const rows = await k.sql`select id, n from t`;
  const all = new Map(rows.map((r) => [r.id, r.n]));
  console.log({
    acked: acked.length,
    rows: rows.length,
    lost: acked.filter((id) => all.get(id) !== 2).length,
    half: rows.filter((r) => r.n !== 2).length,
    errors,
  });
  await Promise.race([
    Promise.all(Array.from({ length: 12 }, () => c.sql`select 1`)).then(() => console.log('pool ok')),
    new Promise((r) => setTimeout(r, 5000)).then(() => console.log('POOL STUCK')),
  ]);
  await c.sql.end({ timeout: 1 });
  await k.sql.end({ timeout: 1 });
  await d.stop();
  process.exit(0);
})();
