-- One row a building.
select
  b.code as id,
  b.lng,
  b.lat,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  b.block_code as block,
  b.code as building,
  b.house_type,
  b.storeys,
  b.valid_from,
  b.valid_to,
  b.placed_from,
  b.placed_to
from stage_building b
left join cell c on c.code = cell_of(b.grid_code, b.community_code, b.subdistrict_code)
