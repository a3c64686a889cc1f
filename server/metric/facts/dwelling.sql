-- One row a dwelling and stretch in which it said the same and its building stood in the same place; outside every
-- division when the building is unknown.
select
  d.code as id,
  b.lng,
  b.lat,
  coalesce(b.province, r.province) as province,
  coalesce(b.city, r.city) as city,
  coalesce(b.district, r.district) as district,
  coalesce(b.subdistrict, r.subdistrict) as subdistrict,
  coalesce(b.community, r.community) as community,
  coalesce(b.grid, r.grid) as grid,
  b.block,
  d.building_code as building,
  b.house_type,
  d.house_use,
  d.record_origin,
  b.valid_from,
  b.valid_to,
  greatest(b.placed_from, d.placed_from) as placed_from,
  least(b.placed_to, d.placed_to) as placed_to
from stage_dwelling d
left join building b
  on b.id = d.building_code
  and (b.placed_to is null or d.placed_from is null or b.placed_to > d.placed_from)
  and (b.placed_from is null or d.placed_to is null or b.placed_from < d.placed_to)
cross join root_cell r
