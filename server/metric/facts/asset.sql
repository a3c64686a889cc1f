-- One row a force, base, key part or key area.
select
  a.id,
  a.lng,
  a.lat,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  a.block_code as block,
  a.asset_group,
  a.asset_type,
  a.placed_from,
  a.placed_to
from stage_asset a
left join cell c on c.code = cell_of(a.grid_code, a.community_code, a.subdistrict_code)
