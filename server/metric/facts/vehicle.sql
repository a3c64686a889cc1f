-- One row a vehicle, stretch of days in which it had one holder, and placement of the building it is kept at; where holders
-- overlap the newest one counts, so a vehicle counts once. No plate, no name.
with bound as (
  select vehicle_id, from_on as day from stage_vehicle_holder
  union
  select vehicle_id, to_on from stage_vehicle_holder where to_on is not null
),
stretch as (
  select vehicle_id, day as from_on, lead(day) over (partition by vehicle_id order by day) as until_on
  from bound
),
held as (
  select s.vehicle_id, s.from_on, s.until_on, h.holder_kind
  from stretch s
  join stage_vehicle_holder h
    on h.vehicle_id = s.vehicle_id and h.from_on <= s.from_on and (h.to_on is null or h.to_on > s.from_on)
  qualify row_number() over (partition by s.vehicle_id, s.from_on order by h.from_on desc, h.id desc) = 1
)
select
  v.id,
  coalesce(b.province, r.province) as province,
  coalesce(b.city, r.city) as city,
  coalesce(b.district, r.district) as district,
  coalesce(b.subdistrict, r.subdistrict) as subdistrict,
  coalesce(b.community, r.community) as community,
  coalesce(b.grid, r.grid) as grid,
  v.plate_kind,
  h.holder_kind,
  h.from_on,
  h.until_on,
  b.placed_from,
  b.placed_to
from held h
join stage_vehicle v on v.id = h.vehicle_id
left join building b on b.id = v.building_code
cross join root_cell r
