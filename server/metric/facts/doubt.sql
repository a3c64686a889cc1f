-- One row a doubtful record that a rule found, placed where the record is.
select
  d.id,
  d.record,
  d.field,
  d.state,
  d.found_at,
  d.sent_at,
  d.done_at,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  d.placed_from,
  d.placed_to
from stage_doubt d
left join cell c on c.code = cell_of(d.grid_code, d.community_code, d.subdistrict_code)
