-- One row a supervision ticket, placed where its event is.
select
  t.id,
  e.province,
  e.city,
  e.district,
  e.subdistrict,
  e.community,
  e.grid,
  e.level,
  t.department_code as department,
  t.opened_at,
  t.deadline_at,
  t.replied_at,
  t.closed_at
from stage_supervision_ticket t
join event e on e.id = t.event_id
