-- One row a volunteer at a call, placed where the service is given. No name.
select
  v.id,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  v.came_at,
  v.went_at,
  v.placed_from,
  v.placed_to
from stage_volunteer_turn v
left join cell c on c.code = cell_of(v.grid_code, v.community_code, v.subdistrict_code)
