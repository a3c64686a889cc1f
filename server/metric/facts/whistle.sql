-- One row a department called by a whistle, placed where its event is.
select
  w.whistle_id,
  e.province,
  e.city,
  e.district,
  e.subdistrict,
  e.community,
  e.grid,
  e.level,
  w.department_code as department,
  w.sign_due_at,
  w.contact_due_at,
  w.arrive_due_at,
  w.signed_at,
  w.contacted_at,
  w.arrived_at,
  w.ended_at
from stage_whistle_department w
join event e on e.id = w.event_id
