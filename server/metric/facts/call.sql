-- One row a home called for a warning, placed where it lies; who lives there is not told.
select
  k.alert_id,
  k.dwelling_code,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  k.due_at,
  local_day(k.due_at) as due_day,
  local_month(k.due_at) as due_month,
  local_hour(k.due_at) as due_hour,
  k.confirmed_at,
  k.placed_from,
  k.placed_to
from stage_care_call k
left join cell c on c.code = cell_of(k.grid_code, k.community_code, k.subdistrict_code)
