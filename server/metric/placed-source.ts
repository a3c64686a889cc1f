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

/** Rows of a table that are placed no deeper than a community. */
export const communal = (table: string): string => `(select *, null::text as grid_code from ${table}) ${table}`;
