-- One row a category and level an event carried before a correction: from `from_at` up to `to_at`, as it was known from
-- `known_from_at` up to `known_to_at`. What it is filed as now stands on the event.
with correction as (
  select *, greatest(corrected_at, recorded_at) as known_at
  from stage_event_correction
),
span as (
  select
    event_id,
    from_category as category,
    from_category_l1 as category_l1,
    from_level::varchar as level,
    coalesce(lag(corrected_at) over by_seq, timestamptz '-infinity') as from_at,
    min(corrected_at) over later as to_at,
    coalesce(lag(known_at) over by_seq, timestamptz '-infinity') as known_from_at,
    min(known_at) over later as known_to_at
  from correction
  window
    by_seq as (partition by event_id order by seq),
    later as (partition by event_id order by seq rows between current row and unbounded following)
)
select *
from span
where to_at > from_at or known_to_at > known_from_at
