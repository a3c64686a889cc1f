-- One row a registration of a person in a care or service category; nothing of the person but the category.
select
  s.id,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  s.group_code as care_group,
  s.from_on,
  s.to_on,
  s.placed_from,
  s.placed_to
from stage_care s
left join cell c on c.code = cell_of(s.grid_code, s.community_code, s.subdistrict_code)
