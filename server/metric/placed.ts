const ground = { subdistrict_code: 'VARCHAR', community_code: 'VARCHAR' };
const placement = { ...ground, grid_code: 'VARCHAR' };
export const place = { lng: 'DOUBLE', lat: 'DOUBLE', ...placement, block_code: 'VARCHAR' };

const at = (column: string) => ({ type: 'VARCHAR', sql: `placed.at_${column}` });

/** Placement of a record and the instants it begins and ends at by a re-cut; null = with the record. */
export const placedAt = {
  subdistrict_code: at('subdistrict'),
  community_code: at('community'),
  grid_code: at('grid'),
  placed_from: 'TIMESTAMPTZ',
  placed_to: 'TIMESTAMPTZ',
};
export const standsAt = { lng: 'DOUBLE', lat: 'DOUBLE', ...placedAt, block_code: at('block') };

/** Rows of a table once for each placement they have had: where they stand now, and where they stood until a re-cut. */
export const everPlaced = (
  table: string,
  key: string,
  { block = 'null', of = table, rows = '' } = {},
): string => `${rows || table}
  cross join lateral (
    select ${of}.subdistrict_code as at_subdistrict, ${of}.community_code as at_community, ${of}.grid_code as at_grid,
      ${block} as at_block, (select max(to_at) from placement_past where kind = '${of}' and record_id = ${key}) as placed_from,
      null::timestamptz as placed_to
    union all
    select subdistrict_code, community_code, grid_code, block_code, from_at, to_at
    from placement_past where kind = '${of}' and record_id = ${key}) placed`;

/**
 * Rows of a table once for each stretch in which they said the same and stood in the same place, `said`: `was` what they
 * said then, null = what they say now; placed as `said` is in a stretch that is over.
 */
export const everSaid = (table: string, key: string): string => `${table}
  left join (
    with past as (
      select record_id, to_at, subdistrict_code, community_code, grid_code, block_code
      from placement_past where kind = '${table}'
      union all
      select record_id, to_at, was ->> 'subdistrict_code', was ->> 'community_code', was ->> 'grid_code', was ->> 'block_code'
      from attribute_past where kind = '${table}')
    select record_id, lag(to_at) over (partition by record_id order by to_at) as placed_from, to_at as placed_to,
      subdistrict_code as at_subdistrict, community_code as at_community, grid_code as at_grid, block_code as at_block,
      (select was from attribute_past a where a.kind = '${table}' and a.record_id = past.record_id and a.to_at >= past.to_at
        order by a.to_at limit 1) as was
    from past
    union all
    select record_id, max(to_at), null, null, null, null, null, null from past group by record_id) said on said.record_id = ${key}`;

/** A column of a table as a row of `everSaid` has it. */
export const said = (table: string, column: string, type = 'VARCHAR') => ({
  type,
  sql: `case when said.was is null then ${table}.${column}::text else said.was ->> '${column}' end`,
});

/** Where it stood. */
export const saidAt = (table: string, level: string) => ({
  type: 'VARCHAR',
  sql: `case when said.placed_to is null then ${table}.${level}_code else said.at_${level} end`,
});

/** Rows of a table that are placed no deeper than a community. */
export const communal = (table: string): string => `(select *, null::text as grid_code from ${table}) ${table}`;
