-- One row an event. `due_at`: the limit, moved on by every pause. `ended_at`: closed, refused or voided.
-- `handle_hours`: null when not handled or out of order. Local day, month (from 1970) and hour of each clock.
-- Codes stand as small numbers beside (`code`), and days from 2000 on: what is grouped by while a hand moves.
-- `batch`: the import that wrote it last, null = reported here.
-- From `settled_at` on the row is what stands; before, `event_span`, `event_label` and `event_place` tell. `status_known_at` and
-- `settled_known_at`: the same by when it was recorded.
with moved as (
  select event_id, arg_max(greatest(moved_at, recorded_at), seq) as known_at
  from stage_event_transition
  group by event_id
),
corrected as (
  select event_id, max(corrected_at) as at, max(greatest(corrected_at, recorded_at)) as known_at
  from stage_event_correction
  group by event_id
),
placed as (
  select event_id, max(to_at) as at
  from stage_event_place
  group by event_id
),
timed as (
  select
    e.*,
    s.stage,
    s.is_paused,
    e.status not in ('S21', 'S90') as is_valid,
    coalesce(e.closed_at, case when s.stage = 'closed' then e.status_at end) as ended_at,
    epoch_ms(e.handled_at - e.signed_at) / 3600000.0 - e.paused_minutes / 60.0 as hours
  from stage_event e
  join status_stage s using (status)
),
localized as (
  select
    *,
    local_time(reported_at) as reported_local,
    local_time(dispatched_at) as dispatched_local,
    local_time(handled_at) as handled_local,
    local_time(ended_at) as ended_local,
    local_time(handle_due_at) as due_local
  from timed
)
select
  e.id,
  e.version,
  e.lng,
  e.lat,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  e.block_code as block,
  e.building_code as building,
  e.category_code as category,
  e.category_l1 as category_l1,
  e.level::varchar as level,
  e.source_code as source,
  e.department_code as department,
  e.status,
  e.stage,
  e.is_valid,
  e.is_paused,
  e.n_rework,
  e.n_return,
  e.n_extension,
  e.n_whistle,
  e.is_auto_dispatched,
  e.is_self_handled,
  e.status_at,
  m.event_id is not null as has_history,
  coalesce(m.known_at, e.status_at) as status_known_at,
  greatest(e.status_at, coalesce(k.at, e.status_at), coalesce(p.at, e.status_at)) as settled_at,
  greatest(
    coalesce(m.known_at, e.status_at), coalesce(k.known_at, e.status_at), coalesce(p.at, e.status_at)
  ) as settled_known_at,
  e.reported_at,
  e.accepted_at,
  e.registered_at,
  e.dispatched_at,
  e.signed_at,
  e.handled_at,
  e.ended_at,
  e.evaluated_at,
  e.satisfaction,
  e.accept_due_at,
  e.handle_due_at as due_at,
  case when e.hours >= 0 and not e.is_disordered then e.hours end as handle_hours,
  day_of(e.reported_local) as reported_day,
  month_of(e.reported_local) as reported_month,
  hour_of(e.reported_local) as reported_hour,
  day_of(e.dispatched_local) as dispatched_day,
  month_of(e.dispatched_local) as dispatched_month,
  hour_of(e.dispatched_local) as dispatched_hour,
  day_of(e.handled_local) as handled_day,
  month_of(e.handled_local) as handled_month,
  hour_of(e.handled_local) as handled_hour,
  day_of(e.ended_local) as ended_day,
  month_of(e.ended_local) as ended_month,
  hour_of(e.ended_local) as ended_hour,
  day_of(e.due_local) as due_day,
  month_of(e.due_local) as due_month,
  hour_of(e.due_local) as due_hour,
  subdistrict_code.n as subdistrict_no,
  community_code.n as community_no,
  grid_code.n as grid_no,
  category_code.n as category_no,
  category_l1_code.n as category_l1_no,
  level_code.n as level_no,
  source_code.n as source_no,
  department_code.n as department_no,
  status_code.n as status_no,
  stage_code.n as stage_no,
  day_no(e.reported_local) as reported_no,
  day_no(e.dispatched_local) as dispatched_no,
  day_no(e.handled_local) as handled_no,
  day_no(e.ended_local) as ended_no,
  day_no(e.due_local) as due_no,
  e.batch_id as batch
from localized e
left join moved m on m.event_id = e.id
left join corrected k on k.event_id = e.id
left join placed p on p.event_id = e.id
left join cell c on c.code = cell_of(e.grid_code, e.community_code, e.subdistrict_code)
left join code subdistrict_code on subdistrict_code.list = 'subdistrict' and subdistrict_code.code = c.subdistrict
left join code community_code on community_code.list = 'community' and community_code.code = c.community
left join code grid_code on grid_code.list = 'grid' and grid_code.code = c.grid
left join code category_code on category_code.list = 'category' and category_code.code = e.category_code
left join code category_l1_code on category_l1_code.list = 'category_l1' and category_l1_code.code = e.category_l1
left join code level_code on level_code.list = 'level' and level_code.code = e.level::varchar
left join code source_code on source_code.list = 'source' and source_code.code = e.source_code
left join code department_code on department_code.list = 'department' and department_code.code = e.department_code
left join code status_code on status_code.list = 'status' and status_code.code = e.status
left join code stage_code on stage_code.list = 'stage' and stage_code.code = e.stage
