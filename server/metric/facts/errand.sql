-- One row an errand, placed in the grid that does it.
select
  e.id,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  e.kind,
  e.issued_at,
  e.due_at,
  e.finished_at,
  e.void_at,
  e.result,
  e.placed_from,
  e.placed_to
from stage_errand e
left join cell c on c.code = cell_of(e.grid_code, e.community_code, e.subdistrict_code)
