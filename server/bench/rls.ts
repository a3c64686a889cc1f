import { resolve } from 'node:path';
import { divisionLevels } from '@/data/model/division';
import type { Role, Scope } from '@/data/model/scope';
import { emptyView } from '@/data/model/view';
import { listAssetPoints } from '../asset/store';
import type { Connection } from '../db/client';
import { openDatabase } from '../db/migrate';
import { scopedTo } from '../db/scoped';
import { readEnv } from '../env';
import { eventById, eventHistory, listEvents, listOpenEvents, openPoints } from '../event/store';
import { readBuilding, readDwelling } from '../place/store';
import { find } from '../search/find';
import { listTickets } from '../supervision/store';
import { listOnDuty } from '../workforce/store';
import { against, type Bench, type BenchResult, resultOf, timed } from './result';

const rounds = 60;
const warmUp = 8;

type Asked = { event: string; building: string; dwelling: string; words: string; at: Date };
type Question = (connection: Connection, scope: Scope, asked: Asked) => Promise<unknown>;

const { division, period, at, known, filters } = emptyView;
const question = { division, period, at, known, filters };
const page = { sort: 'urgency' as const, order: 'asc' as const, limit: 50, offset: 0 };

/** What screens ask of PostgreSQL most, in the words of their procedures. */
const questions: Record<string, Question> = {
  'event.list': (connection, scope) => listEvents(connection, scope, question, page),
  'event.open': (connection, scope) => listOpenEvents(connection, scope, question, page),
  'event.points': (connection, scope) => openPoints(connection, scope, question),
  'event.byId': (connection, scope, { event }) => eventById(connection, scope, event),
  'event.history': (connection, scope, { event }) => eventHistory(connection, scope, event),
  'place.buildingByCode': (connection, scope, { building }) => readBuilding(connection, scope, building),
  'place.dwellingByCode': (connection, scope, { dwelling }) => readDwelling(connection, scope, dwelling),
  'search.find': (connection, scope, { words }) => find(connection, scope, { text: words, at: null }),
  'workforce.onDuty': (connection, scope, { at }) => listOnDuty(connection, scope, { at, limit: 200 }),
  'asset.points': (connection, scope) =>
    listAssetPoints(connection, scope, { bbox: null, groups: [], types: [], budget: 5_000 }),
  'supervision.tickets': (connection, scope) => listTickets(connection, scope, { division: null, at: null }),
};

type Post = { scope: Scope; asked: Asked };

/** The root, the busiest sub-district, community and grid, each with something of its own to ask for. */
const readPosts = async ({ sql }: Connection): Promise<Post[]> => {
  const posts = await sql<{ code: string; path: string; level: number; event: string; building: string }[]>`
    select distinct on (d.level) d.code, d.path, d.level, e.id as event, e.building_code as building
    from division d join (
      select e.*, g.path, row_number() over (order by e.reported_at desc, e.id) as nth
      from event e join division g on g.code = e.grid_code where e.building_code is not null limit 20000
    ) e on starts_with(e.path, d.path)
    where d.level >= (select level from division where code = (
      select value ->> 'root' from setting where key = 'installation'))
    order by d.level, e.nth`;
  const roles: Role[] = ['R2', 'R2', 'R2', 'R3', 'R4', 'R5'];
  return Promise.all(
    posts.map(async ({ code, path, level, event, building }) => {
      const [door] = await sql<{ dwelling: string; name: string; at: Date }[]>`
        select d.code as dwelling, b.name, (select max(starts_at) + interval '1 hour' from duty) as at
        from building b join dwelling d on d.building_code = b.code
        where starts_with((select path from division where code = b.grid_code), ${path}) order by b.code <> ${building} limit 1`;
      const scope: Scope = {
        ...{ division: code, path, level: divisionLevels[level - 1] ?? 'grid', role: roles[level - 1] ?? 'R2' },
        ...{ screen: 'mid', post: code, actorId: `${roles[level - 1]}:${code}` },
      };
      const { dwelling = '', name = '', at } = door ?? {};
      return { scope, asked: { event, building, dwelling, words: name, at: new Date(at ?? Date.now()) } };
    }),
  );
};

async function* measure(live: Connection, name: string, ask: Question, posts: Post[]): AsyncGenerator<BenchResult> {
  const [plain, cut]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds + warmUp; round++)
    for (const { scope, asked } of posts) {
      const isCounted = round >= warmUp;
      // In turn, so that what else the machine does falls on both.
      await timed(isCounted ? plain : [], () => ask(live, scope, asked));
      await timed(isCounted ? cut : [], () => ask(scopedTo(live, scope), scope, asked));
    }
  const without = resultOf('rls', `${name}, as the owner`, plain);
  yield without;
  yield against(resultOf('rls', `${name}, in the scope`, cut), plain, without.case);
}

/** Commonest questions with and without the row-level policies, over a post of each level: p50, p95 and the ratio. */
export const bench: Bench = async function* () {
  const env = readEnv();
  const { connection, stop } = await openDatabase({ home: resolve(env.GRIDHALL_HOME), databaseUrl: env.DATABASE_URL });
  try {
    const posts = await readPosts(connection);
    if (posts.length === 0)
      throw new Error('The database under GRIDHALL_HOME holds no events: start the product once, then stop it.');
    for (const [name, ask] of Object.entries(questions)) yield* measure(connection, name, ask, posts);
  } finally {
    await stop();
  }
};
