import { linkedRows } from './linked';
import { communal, everPlaced, everSaid, place, placedAt, said, saidAt, standsAt } from './placed';

/** A column the replica reads: its DuckDB type, and where it is not a plain column, its PostgreSQL expression. */
type Column = string | { type: string; sql: string };

/** What the replica reads of a table of the store, or of a query over some. Names, numbers and outlines stay behind. */
export type Source = { table: string; columns: Record<string, Column> };

const holderKind = { type: 'VARCHAR', sql: "case when person_id is null then 'entity' else 'person' end" };

export const sources = {
  division: {
    table: 'division',
    columns: {
      code: 'VARCHAR',
      parent_code: 'VARCHAR',
      level: 'TINYINT',
      path: 'VARCHAR',
      sort: 'INTEGER',
      begun_at: { type: 'TIMESTAMPTZ', sql: 'case when recut_id is not null then valid_from end' },
      ended_at: { type: 'TIMESTAMPTZ', sql: 'valid_to' },
    },
  },
  building: {
    table: everPlaced('building', 'building.code', { block: 'building.block_code' }),
    columns: {
      code: 'VARCHAR',
      house_type: 'VARCHAR',
      storeys: 'SMALLINT',
      valid_from: 'TIMESTAMPTZ',
      valid_to: 'TIMESTAMPTZ',
      ...standsAt,
    },
  },
  dwelling: {
    table: everSaid('dwelling', 'dwelling.code'),
    columns: {
      code: 'VARCHAR',
      building_code: 'VARCHAR',
      house_use: said('dwelling', 'house_use'),
      record_origin: 'VARCHAR',
      placed_from: 'TIMESTAMPTZ',
      placed_to: 'TIMESTAMPTZ',
    },
  },
  person: {
    table: 'person',
    columns: { id: 'BIGINT', sex: 'TINYINT', birth_on: 'DATE', population_type: 'VARCHAR', origin: 'VARCHAR' },
  },
  residence: {
    table: 'residence',
    columns: {
      id: 'BIGINT',
      person_id: 'BIGINT',
      dwelling_code: 'VARCHAR',
      from_on: 'DATE',
      to_on: 'DATE',
      record_origin: 'VARCHAR',
    },
  },
  entity: {
    table: everSaid('entity', 'entity.id'),
    columns: {
      id: 'VARCHAR',
      entity_type: said('entity', 'entity_type'),
      industry: said('entity', 'industry'),
      n_employees: said('entity', 'n_employees', 'INTEGER'),
      building_code: said('entity', 'building_code'),
      registered_on: 'DATE',
      closed_on: 'DATE',
      record_origin: 'VARCHAR',
      lng: said('entity', 'lng', 'DOUBLE'),
      lat: said('entity', 'lat', 'DOUBLE'),
      subdistrict_code: saidAt('entity', 'subdistrict'),
      community_code: saidAt('entity', 'community'),
      grid_code: saidAt('entity', 'grid'),
      block_code: saidAt('entity', 'block'),
      placed_from: 'TIMESTAMPTZ',
      placed_to: 'TIMESTAMPTZ',
    },
  },
  vehicle: { table: 'vehicle', columns: { id: 'BIGINT', plate_kind: 'VARCHAR', building_code: 'VARCHAR' } },
  vehicle_holder: {
    table: 'vehicle_holder',
    columns: { id: 'BIGINT', vehicle_id: 'BIGINT', holder_kind: holderKind, from_on: 'DATE', to_on: 'DATE' },
  },
  asset: {
    table: everPlaced('asset', 'asset.id', { block: 'asset.block_code' }),
    columns: { id: 'VARCHAR', asset_group: 'VARCHAR', asset_type: 'VARCHAR', ...standsAt },
  },
  worker: {
    table: everPlaced('worker', 'worker.id'),
    columns: { id: 'VARCHAR', worker_type: 'VARCHAR', department_code: 'VARCHAR', ...placedAt },
  },
  duty: {
    table: 'duty',
    columns: {
      worker_id: 'VARCHAR',
      starts_at: 'TIMESTAMPTZ',
      ends_at: 'TIMESTAMPTZ',
      signed_in_at: 'TIMESTAMPTZ',
      signed_out_at: 'TIMESTAMPTZ',
      version: 'INTEGER',
    },
  },
  alert: {
    table: 'alert',
    columns: {
      id: 'VARCHAR',
      status: 'VARCHAR',
      msg_type: 'VARCHAR',
      warning_code: 'VARCHAR',
      level: 'TINYINT',
      sent_at: 'TIMESTAMPTZ',
      effective_at: 'TIMESTAMPTZ',
      expires_at: 'TIMESTAMPTZ',
      ended_at: 'TIMESTAMPTZ',
      division_codes: {
        type: 'VARCHAR',
        sql: "(select string_agg(division_code, ' ' order by seq) from alert_area where alert_id = alert.id)",
      },
    },
  },
  weather_station: {
    table: everPlaced('weather_station', 'weather_station.id'),
    columns: { id: 'VARCHAR', ...placedAt },
  },
  weather_hour: {
    table: 'weather_hour',
    columns: {
      id: 'VARCHAR',
      station_id: 'VARCHAR',
      starts_at: 'TIMESTAMPTZ',
      rain_mm: 'DOUBLE',
      gust_mps: 'DOUBLE',
    },
  },
  beach: {
    table: everPlaced('beach', 'beach.id'),
    columns: { id: 'VARCHAR', capacity: 'INTEGER', ...placedAt },
  },
  beach_hour: {
    table: 'beach_hour',
    columns: { id: 'VARCHAR', beach_id: 'VARCHAR', counted_at: 'TIMESTAMPTZ', n_visitors: 'INTEGER' },
  },
  event: {
    table: 'event',
    columns: {
      id: 'VARCHAR',
      version: 'INTEGER',
      category_code: 'VARCHAR',
      category_l1: 'VARCHAR',
      level: 'TINYINT',
      source_code: 'VARCHAR',
      status: 'VARCHAR',
      building_code: 'VARCHAR',
      department_code: 'VARCHAR',
      ...place,
      reported_at: 'TIMESTAMPTZ',
      accepted_at: 'TIMESTAMPTZ',
      registered_at: 'TIMESTAMPTZ',
      dispatched_at: 'TIMESTAMPTZ',
      signed_at: 'TIMESTAMPTZ',
      handled_at: 'TIMESTAMPTZ',
      closed_at: 'TIMESTAMPTZ',
      evaluated_at: 'TIMESTAMPTZ',
      status_at: 'TIMESTAMPTZ',
      accept_due_at: 'TIMESTAMPTZ',
      handle_due_at: 'TIMESTAMPTZ',
      n_rework: 'SMALLINT',
      n_return: 'SMALLINT',
      n_extension: 'SMALLINT',
      n_whistle: 'SMALLINT',
      satisfaction: 'SMALLINT',
      is_auto_dispatched: 'BOOLEAN',
      is_self_handled: 'BOOLEAN',
      paused_minutes: 'INTEGER',
      is_disordered: { type: 'BOOLEAN', sql: "flags ? 'closed_before_opened'" },
      batch_id: 'INTEGER',
    },
  },
  /** Which of the four origins of the data pool each source of events belongs to. */
  source_origin: {
    table: `(select distinct on (code) code, attrs ->> 'origin' as origin
      from term where list = 'event-source' order by code, valid_from desc) source_origin`,
    columns: { code: 'VARCHAR', origin: 'VARCHAR' },
  },
  supervision_ticket: {
    table: 'supervision_ticket',
    columns: {
      id: 'VARCHAR',
      event_id: 'VARCHAR',
      department_code: 'VARCHAR',
      opened_at: 'TIMESTAMPTZ',
      deadline_at: 'TIMESTAMPTZ',
      replied_at: 'TIMESTAMPTZ',
      closed_at: 'TIMESTAMPTZ',
    },
  },
  doubt: {
    table: everPlaced('doubt', 'doubt.id'),
    columns: {
      id: 'VARCHAR',
      record: { type: 'VARCHAR', sql: "kind || ' ' || record_id" },
      field: 'VARCHAR',
      state: 'VARCHAR',
      found_at: 'TIMESTAMPTZ',
      sent_at: 'TIMESTAMPTZ',
      done_at: 'TIMESTAMPTZ',
      ...placedAt,
    },
  },
  address_link: {
    table: linkedRows,
    columns: {
      batch_id: 'VARCHAR',
      via: 'VARCHAR',
      place_code: 'VARCHAR',
      handed_in_at: 'TIMESTAMPTZ',
      linked_at: 'TIMESTAMPTZ',
      placed_from: 'TIMESTAMPTZ',
      placed_to: 'TIMESTAMPTZ',
      n: 'INTEGER',
    },
  },
  whistle_department: {
    table: 'whistle_department',
    columns: {
      whistle_id: 'VARCHAR',
      event_id: { type: 'VARCHAR', sql: '(select event_id from whistle where id = whistle_id)' },
      ended_at: { type: 'TIMESTAMPTZ', sql: '(select ended_at from whistle where id = whistle_id)' },
      department_code: 'VARCHAR',
      sign_due_at: 'TIMESTAMPTZ',
      contact_due_at: 'TIMESTAMPTZ',
      arrive_due_at: 'TIMESTAMPTZ',
      signed_at: 'TIMESTAMPTZ',
      contacted_at: 'TIMESTAMPTZ',
      arrived_at: 'TIMESTAMPTZ',
    },
  },
  care: {
    table: everPlaced('care', 'care.id'),
    columns: { id: 'VARCHAR', group_code: 'VARCHAR', from_on: 'DATE', to_on: 'DATE', ...placedAt },
  },
  care_visit: {
    table: everPlaced('care_visit', 'care.id', {
      of: 'care',
      rows: 'care_visit join care on care.id = care_visit.care_id',
    }),
    columns: {
      care_id: 'VARCHAR',
      seq: 'SMALLINT',
      due_at: 'TIMESTAMPTZ',
      visited_at: 'TIMESTAMPTZ',
      voided_at: 'TIMESTAMPTZ',
      ...placedAt,
    },
  },
  care_call: {
    table: everPlaced('care_call', "care_call.alert_id || '|' || care_call.dwelling_code"),
    columns: {
      alert_id: 'VARCHAR',
      dwelling_code: 'VARCHAR',
      due_at: 'TIMESTAMPTZ',
      confirmed_at: 'TIMESTAMPTZ',
      ...placedAt,
    },
  },
  errand: {
    table: everPlaced('errand', 'errand.id'),
    columns: {
      id: 'VARCHAR',
      kind: 'VARCHAR',
      ...placedAt,
      issued_at: 'TIMESTAMPTZ',
      due_at: 'TIMESTAMPTZ',
      finished_at: 'TIMESTAMPTZ',
      void_at: 'TIMESTAMPTZ',
      result: 'VARCHAR',
    },
  },
  volunteer: {
    table: everPlaced('volunteer', 'volunteer.id', { rows: communal('volunteer') }),
    columns: { id: 'VARCHAR', ...placedAt, joined_at: 'TIMESTAMPTZ', left_at: 'TIMESTAMPTZ' },
  },
  volunteer_turn: {
    table: everPlaced('volunteer_turn', 'volunteer_turn.id', { rows: communal('volunteer_turn') }),
    columns: { id: 'VARCHAR', ...placedAt, came_at: 'TIMESTAMPTZ', went_at: 'TIMESTAMPTZ' },
  },
  event_transition: {
    table: 'event_transition',
    columns: {
      event_id: 'VARCHAR',
      seq: 'SMALLINT',
      to_status: 'VARCHAR',
      moved_at: { type: 'TIMESTAMPTZ', sql: 'at' },
      recorded_at: 'TIMESTAMPTZ',
      department_code: 'VARCHAR',
      added_minutes: 'INTEGER',
    },
  },
  event_correction: {
    table: 'event_correction',
    columns: {
      event_id: 'VARCHAR',
      seq: 'SMALLINT',
      from_category: 'VARCHAR',
      from_category_l1: 'VARCHAR',
      from_level: 'TINYINT',
      corrected_at: { type: 'TIMESTAMPTZ', sql: 'at' },
      recorded_at: 'TIMESTAMPTZ',
    },
  },
  /** Where an event fell until a re-cut. */
  event_place: {
    table: `(select record_id as event_id, community_code, grid_code, block_code, from_at, to_at
      from placement_past where kind = 'event') event_place`,
    columns: {
      event_id: 'VARCHAR',
      community_code: 'VARCHAR',
      grid_code: 'VARCHAR',
      block_code: 'VARCHAR',
      from_at: 'TIMESTAMPTZ',
      to_at: 'TIMESTAMPTZ',
    },
  },
} as const satisfies Record<string, Source>;

export type SourceName = keyof typeof sources;

/** PostgreSQL query of a source, its columns in the declared order. */
export const selectOf = (name: SourceName): string => {
  const source: Source = sources[name];
  const columns = Object.entries(source.columns).map(([key, column]) =>
    typeof column === 'string' ? key : `${column.sql} as ${key}`,
  );
  return `select ${columns.join(', ')} from ${source.table}`;
};

/** DuckDB types of a source, in the declared order. */
export const typesOf = (name: SourceName): Record<string, string> =>
  Object.fromEntries(
    Object.entries((sources[name] as Source).columns).map(([key, column]) => [
      key,
      typeof column === 'string' ? column : column.type,
    ]),
  );
