-- One row a list of addresses or a visit to a door, place and how it was linked, with its count; `linked_at` null = not by itself.
select
  l.batch_id,
  l.via,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  l.handed_in_at,
  l.linked_at,
  l.placed_from,
  l.placed_to,
  l.n
from stage_address_link l
left join cell c on c.code = cell_of(l.place_code, null, null)
