-- One row a visit that was due, placed where the person lives; whom it is to is not told.
select
  v.care_id,
  v.seq,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  v.due_at,
  local_day(v.due_at) as due_day,
  local_month(v.due_at) as due_month,
  local_hour(v.due_at) as due_hour,
  v.visited_at,
  v.voided_at,
  v.placed_from,
  v.placed_to
from stage_care_visit v
left join cell c on c.code = cell_of(v.grid_code, v.community_code, v.subdistrict_code)
