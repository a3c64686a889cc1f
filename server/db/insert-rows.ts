import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/**
 * Inserts rows sent as one value; columns left out take their defaults. The text is the same however many rows there are,
 * so it is prepared once, and may stand in a `with`; putting a statement of fifty places together takes longer than
 * running it. Rows must all name the same columns.
 */
export const insertRows = <T extends PgTable>(table: T, rows: readonly T['$inferInsert'][]): SQL => {
  const columns = sql.raw(Object.keys(rows[0] ?? {}).join(', '));
  return sql`insert into ${table} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::text::jsonb)`;
};
