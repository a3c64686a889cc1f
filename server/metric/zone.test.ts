import { describe, expect, test } from 'vitest';
import { openDuck } from './duck';
import { localTimeSql, readZone } from './zone';

describe.each(['Asia/Shanghai', 'America/Los_Angeles', 'Asia/Kathmandu', 'Australia/Lord_Howe'])(
  'local time of %s',
  (zone) => {
    test('is what ICU says, at every change of the clocks and anywhere else', async () => {
      const duck = await openDuck({ file: null });
      const { run, close } = await duck.connect();
      await run(`set TimeZone = '${zone}'`);
      const changes = await readZone(run);
      await run(localTimeSql(changes));
      const edges = changes.flatMap(({ at }) => [-1, 0, 1].map((by) => `(${at + by})`));
      const [row] = await run(`
        with asked as (
          select make_timestamptz(ms::bigint * 1000) as t from (values ${edges.join(', ')}) v(ms)
          union all select make_timestamptz((hash(i) % 4102444800000000)::bigint - 400000000000000) from range(50000) r(i)
          union all select null::timestamptz union all select 'infinity'::timestamptz union all select '-infinity'::timestamptz
        )
        select count(*)::int as n, count(*) filter (local_time(t) is distinct from t::timestamp)::int as wrong from asked`);
      expect(row).toEqual({ n: edges.length + 50_003, wrong: 0 });

      close();
      duck.close();
    });
  },
);
