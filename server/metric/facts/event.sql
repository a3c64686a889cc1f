-- One row an event. `due_at`: the limit, moved on by every pause. `ended_at`: closed, refused or voided.
-- `handle_hours`: null when not handled or out of order. Local day, month (from 1970) and hour of each clock.
-- From `settled_at` on the row is what stands; before, `event_span` and `event_label` tell. `status_known_at` and
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
  e.is_auto_dispatched,
  e.is_self_handled,
  e.status_at,
  m.event_id is not null as has_history,
  coalesce(m.known_at, e.status_at) as status_known_at,
  greatest(e.status_at, coalesce(k.at, e.status_at)) as settled_at,
  greatest(coalesce(m.known_at, e.status_at), coalesce(k.known_at, e.status_at)) as settled_known_at,
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
  local_day(e.reported_at) as reported_day,
  local_month(e.reported_at) as reported_month,
  local_hour(e.reported_at) as reported_hour,
  local_day(e.dispatched_at) as dispatched_day,
  local_month(e.dispatched_at) as dispatched_month,
  local_hour(e.dispatched_at) as dispatched_hour,
  local_day(e.handled_at) as handled_day,
  local_month(e.handled_at) as handled_month,
  local_hour(e.handled_at) as handled_hour,
  local_day(e.ended_at) as ended_day,
  local_month(e.ended_at) as ended_month,
  local_hour(e.ended_at) as ended_hour,
  local_day(e.handle_due_at) as due_day,
  local_month(e.handle_due_at) as due_month,
  local_hour(e.handle_due_at) as due_hour
from timed e
left join moved m on m.event_id = e.id
left join corrected k on k.event_id = e.id
left join cell c on c.code = cell_of(e.grid_code, e.community_code, e.subdistrict_code)
order by e.reported_at
