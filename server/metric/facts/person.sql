-- One row a person and stretch of days; where residences overlap the newest one counts, so a person counts once.
with bound as (
  select person_id, from_on as day from stage_residence
  union
  select person_id, to_on from stage_residence where to_on is not null
),
stretch as (
  select person_id, day as from_on, lead(day) over (partition by person_id order by day) as until_on
  from bound
),
home as (
  select s.person_id, s.from_on, s.until_on, r.dwelling_code, r.record_origin
  from stretch s
  join stage_residence r
    on r.person_id = s.person_id and r.from_on <= s.from_on and (r.to_on is null or r.to_on > s.from_on)
  qualify row_number() over (partition by s.person_id, s.from_on order by r.from_on desc, r.id desc) = 1
)
select
  coalesce(d.province, r.province) as province,
  coalesce(d.city, r.city) as city,
  coalesce(d.district, r.district) as district,
  coalesce(d.subdistrict, r.subdistrict) as subdistrict,
  coalesce(d.community, r.community) as community,
  coalesce(d.grid, r.grid) as grid,
  d.block,
  d.building,
  d.house_type,
  d.house_use,
  p.sex::varchar as sex,
  p.birth_on,
  p.population_type,
  p.origin,
  h.record_origin,
  h.from_on,
  h.until_on,
  d.placed_from,
  d.placed_to
from home h
join stage_person p on p.id = h.person_id
left join dwelling d on d.id = h.dwelling_code
cross join root_cell r
