import { sql } from 'drizzle-orm';

/** Number of rows of a group, for pictures that PostgreSQL draws by itself: flows between places that no fact carries. */
export const tally = sql`count(*)::int`;
