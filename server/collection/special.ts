import { and, desc, eq, sql } from 'drizzle-orm';
import type { SpecialField, SpecialTold } from '@/data/model/collection';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { specialised_grid, specialised_grid_member, term } from '../db/schema';
import { inTerritory } from '../db/scope';
import { happenedBetween } from '../event/rules';
import { readCipher } from '../person/cipher';
import { beginVisit } from './begin';
import { findDoor } from './door';
import { collection, collection_item } from './table';

type Asked = Pick<SpecialTold, 'building' | 'department'>;

/** Lines whose specialised grids of the department cover a grid. */
const linesOf = async (db: Executor, department: string, grid: string | null): Promise<string[]> => {
  const rows = await db
    .selectDistinct({ line: specialised_grid.line })
    .from(specialised_grid)
    .innerJoin(specialised_grid_member, eq(specialised_grid_member.specialised_grid_code, specialised_grid.code))
    .where(and(eq(specialised_grid.department_code, department), eq(specialised_grid_member.grid_code, grid ?? '')))
    .orderBy(specialised_grid.line);
  return rows.map(({ line }) => line);
};

/** What was last told of a building in a line. */
const lastOf = async (db: Executor, scope: Scope, building: string, line: string): Promise<Record<string, unknown>> => {
  const [row] = await db
    .select({ after: collection_item.after })
    .from(collection_item)
    .innerJoin(collection, eq(collection.id, collection_item.collection_id))
    .where(
      and(
        eq(collection_item.kind, 'special'),
        eq(collection_item.record_id, `${building}|${line}`),
        await inTerritory(db, scope, collection),
      ),
    )
    .orderBy(desc(collection.at), desc(collection.recorded_at))
    .limit(1);
  return row?.after ?? {};
};

const isValue = (value: unknown): value is boolean | number => ['boolean', 'number'].includes(typeof value);

/**
 * Fields a specialised worker of a department fills in at a building: those of its lines that cover the building's grid, as
 * they were last told. No field of another line, of a resident or an entity; `not_found` outside the territory.
 */
export const readForm = async (
  { db }: Connection,
  scope: Scope,
  { building, department }: Asked,
): Promise<SpecialField[]> => {
  const { grid_code } = await findDoor(db, scope, { building, dwelling: null });
  const lines = await linesOf(db, department, grid_code);
  const fields: SpecialField[] = [];
  for (const line of lines) {
    const last = await lastOf(db, scope, building, line);
    const words = await db
      .select({ code: term.code, zh: term.zh, en: term.en, answer: sql<string>`${term.attrs} ->> 'answer'` })
      .from(term)
      .where(and(eq(term.list, 'specialised-field'), eq(term.parent, line)))
      .orderBy(term.code);
    for (const { code, answer, ...word } of words) {
      const value = last[code];
      const kind = answer === 'number' ? 'number' : 'yes';
      fields.push({ ...word, code, line, answer: kind, value: isValue(value) ? value : null });
    }
  }
  return fields;
};

/** Writes down what a specialised worker found, once for a client key; a field of another line is `not_allowed`. */
export const submitForm = (connection: Connection, scope: Scope, told: SpecialTold): Promise<{ nItems: number }> =>
  connection.db.transaction(async (tx) => {
    const { clientKey: id, building, department, values } = told;
    const form = await readForm({ ...connection, db: tx as never }, scope, { building, department });
    const own = new Map(form.map((field) => [field.code, field]));
    for (const [code, value] of Object.entries(values)) {
      const field = own.get(code);
      if (!field) throw new Problem('not_allowed', `${code} is no field of ${department} here.`, { code });
      if ((field.answer === 'yes') !== (typeof value === 'boolean'))
        throw new Problem('invalid', `${code} is answered otherwise.`, { field: code });
    }
    const lines = [...new Set(Object.keys(values).map((code) => own.get(code)?.line ?? ''))];
    const place = await findDoor(tx, scope, { building, dwelling: null });
    const now = await clockNow(tx);
    const at = happenedBetween(new Date(0), now, told.happenedAt);
    const digest = (await readCipher())
      .mark('id_number', JSON.stringify([building, department, values]))
      .toString('hex');
    const isNew = await beginVisit(tx, scope, { id, place, dwelling: null, events: [], digest, at, now });
    for (const [index, line] of isNew ? lines.entries() : []) {
      const ofLine = (pick: (field: SpecialField) => unknown) =>
        Object.fromEntries(form.filter((field) => field.line === line).map((field) => [field.code, pick(field)]));
      await tx.insert(collection_item).values({
        ...{ collection_id: id, seq: index + 1, kind: 'special', act: 'change', method: 'shown' },
        ...{ record_id: `${building}|${line}`, before: ofLine(({ value }) => value), candidates: [] },
        after: ofLine(({ code, value }) => values[code] ?? value),
      });
    }
    return { nItems: lines.length };
  });
