-- One row a beach and full hour, placed where the beach lies.
select
  h.id,
  b.province,
  b.city,
  b.district,
  b.subdistrict,
  b.community,
  b.grid,
  h.counted_at,
  h.n_visitors,
  b.capacity,
  b.placed_from,
  b.placed_to
from stage_beach_hour h
join beach b on b.id = h.beach_id
