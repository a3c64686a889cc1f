-- One row a dwelling, placed by its building; outside every division when the building is unknown.
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
  b.placed_from,
  b.placed_to
from stage_dwelling d
left join building b on b.id = d.building_code
cross join root_cell r
