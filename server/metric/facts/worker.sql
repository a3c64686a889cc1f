-- One row a worker, placed where the worker answers for. No name.
select
  w.id,
  w.worker_type,
  w.department_code as department,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  w.placed_from,
  w.placed_to
from stage_worker w
left join cell c on c.code = cell_of(w.grid_code, w.community_code, w.subdistrict_code)
