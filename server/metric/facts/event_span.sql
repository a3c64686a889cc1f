-- One row a status that an event has left again: what it was in from `from_at` up to, not including, `to_at`. The status
-- it is in now stands on the event. Moves written out of order of time count from the last one, as in lists.
with step as (
  select
    event_id,
    to_status as status,
    last_value(department_code ignore nulls) over before as department,
    moved_at as from_at,
    min(moved_at) over after as to_at
  from stage_event_transition
  window
    before as (partition by event_id order by seq rows between unbounded preceding and current row),
    after as (partition by event_id order by seq rows between 1 following and unbounded following)
)
select
  step.event_id,
  step.status,
  s.stage,
  s.is_paused,
  step.department,
  step.from_at,
  step.to_at
from step
join status_stage s on s.status = step.status
where step.to_at > step.from_at
order by step.to_at
