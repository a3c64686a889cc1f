-- One row a legal entity or trader and stretch in which it said the same and stood in the same place.
select
  e.id,
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
  e.entity_type,
  e.industry,
  e.n_employees,
  e.registered_on,
  e.closed_on,
  e.record_origin,
  e.placed_from,
  e.placed_to
from stage_entity e
left join cell c on c.code = cell_of(e.grid_code, e.community_code, e.subdistrict_code)
