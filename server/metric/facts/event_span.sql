-- One row a status that an event has left again: the event as it stood from `from_at` up to, not including, `to_at`; as
-- it was known from `known_from_at` up to `known_to_at`, counted by when each move was recorded. What it is now stands
-- on the event. Moves written out of order of time count from the last one, as in lists. A history that does not begin
-- with the report (a file) tells statuses alone; its instants are those of the event. Made slice by slice of the events:
-- all at once would not fit the memory.
with step as (
  select
    *,
    greatest(moved_at, recorded_at) as known_at,
    lag(to_status) over by_seq as left_status,
    lag(moved_at) over by_seq as left_at
  from stage_event_transition
  where hash(event_id) % getvariable('n_slices') = getvariable('slice')
  window by_seq as (partition by event_id order by seq)
),
timed as (
  select
    step.*,
    case
      when s.is_given_back
        then coalesce(added_minutes, greatest(0, round(epoch_ms(moved_at - left_at) / 60000.0))::integer)
      else 0
    end as minutes
  from step
  left join status_stage s on s.status = step.left_status
),
folded as (
  select
    event_id,
    to_status as status,
    moved_at as status_at,
    first_value(to_status) over so_far = 'S10' as is_told,
    last_value(department_code ignore nulls) over so_far as department,
    last_value(case when to_status in ('S20', 'S62') then moved_at end ignore nulls) over so_far as accepted_at,
    first_value(case when to_status = 'S30' then moved_at end ignore nulls) over so_far as registered_at,
    last_value(case when to_status = 'S31' then moved_at end ignore nulls) over so_far as dispatched_at,
    last_value(case when to_status = 'S40' and left_status = 'S31' then moved_at end ignore nulls) over so_far
      as signed_at,
    last_value(case when to_status in ('S50', 'S62') then moved_at end ignore nulls) over so_far as handled_at,
    last_value(case when to_status in ('S21', 'S61', 'S62', 'S90') then moved_at end ignore nulls) over so_far
      as closed_at,
    last_value(case when to_status = 'S70' then moved_at end ignore nulls) over so_far as evaluated_at,
    sum(case when to_status = 'S60' then 1 else 0 end) over so_far as n_rework,
    sum(case when to_status = 'S32' then 1 else 0 end) over so_far as n_return,
    sum(case when to_status = 'S41' then 1 else 0 end) over so_far as n_extension,
    sum(case when to_status = 'S43' then 1 else 0 end) over so_far as n_whistle,
    sum(minutes) over so_far as paused_minutes,
    min(moved_at) over later as to_at,
    known_at as known_from_at,
    min(known_at) over later as known_to_at
  from timed
  window
    so_far as (partition by event_id order by seq rows between unbounded preceding and current row),
    later as (partition by event_id order by seq rows between 1 following and unbounded following)
),
stood as (
  select
    f.event_id,
    f.status,
    s.stage,
    s.is_paused,
    f.status not in ('S21', 'S90') as is_valid,
    f.department,
    f.status_at,
    f.status_at as from_at,
    f.to_at,
    f.known_from_at,
    f.known_to_at,
    case when f.is_told then f.accepted_at else e.accepted_at end as accepted_at,
    case when f.is_told then f.registered_at else e.registered_at end as registered_at,
    case when f.is_told then f.dispatched_at else e.dispatched_at end as dispatched_at,
    case when f.is_told then f.signed_at else e.signed_at end as signed_at,
    case when f.is_told then f.handled_at else e.handled_at end as handled_at,
    case
      when not f.is_told then e.closed_at
      else coalesce(f.closed_at, case when s.stage = 'closed' then f.status_at end)
    end as ended_at,
    case when f.is_told then f.evaluated_at else e.evaluated_at end as evaluated_at,
    case when f.is_told then f.n_rework else e.n_rework end::smallint as n_rework,
    case when f.is_told then f.n_return else e.n_return end::smallint as n_return,
    case when f.is_told then f.n_extension else e.n_extension end::smallint as n_extension,
    case when f.is_told then f.n_whistle else e.n_whistle end::smallint as n_whistle,
    f.paused_minutes,
    e.is_disordered,
    e.handle_due_at - to_minutes((e.paused_minutes - f.paused_minutes)::integer) as due_at
  from folded f
  join status_stage s on s.status = f.status
  join stage_event e on e.id = f.event_id
  where f.to_at > f.status_at or f.known_to_at > f.known_from_at
)
select
  * exclude (paused_minutes, is_disordered),
  case
    when not is_disordered and epoch_ms(handled_at - signed_at) / 3600000.0 - paused_minutes / 60.0 >= 0
      then epoch_ms(handled_at - signed_at) / 3600000.0 - paused_minutes / 60.0
  end as handle_hours
from stood
