-- One row a volunteer, placed where the team is. No name.
select
  v.id,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  v.joined_at,
  v.left_at,
  v.placed_from,
  v.placed_to
from stage_volunteer v
left join cell c on c.code = cell_of(v.grid_code, v.community_code, v.subdistrict_code)
