-- One row a dwelling and stretch of days it was lived in; residences that touch or overlap are one stretch.
with stay as (
  select
    dwelling_code,
    id,
    from_on,
    coalesce(to_on, date 'infinity') as to_on,
    max(coalesce(to_on, date 'infinity')) over (
      partition by dwelling_code order by from_on, id rows between unbounded preceding and 1 preceding
    ) as lived_to
  from stage_residence
),
stretched as (
  select
    *,
    sum(case when lived_to >= from_on then 0 else 1 end) over (
      partition by dwelling_code order by from_on, id rows unbounded preceding
    ) as stretch
  from stay
),
lived as (
  select dwelling_code, min(from_on) as from_on, nullif(max(to_on), date 'infinity') as until_on
  from stretched
  group by dwelling_code, stretch
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
  l.from_on,
  l.until_on,
  d.placed_from,
  d.placed_to
from lived l
left join dwelling d on d.id = l.dwelling_code
cross join root_cell r
