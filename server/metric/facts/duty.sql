-- One row a shift, placed where its worker answers for.
select
  d.worker_id,
  w.province,
  w.city,
  w.district,
  w.subdistrict,
  w.community,
  w.grid,
  w.worker_type,
  w.department,
  d.starts_at,
  d.ends_at,
  d.signed_in_at,
  d.signed_out_at,
  d.version,
  w.placed_from,
  w.placed_to
from stage_duty d
join worker w on w.id = d.worker_id
