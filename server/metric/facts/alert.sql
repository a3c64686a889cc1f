-- One row a warning with all places it covers, one list a level; practice and cancellations are none. `over_at`: it ends
-- when it expires, is replaced or called off.
with area as (
  select a.id, unnest(string_split(a.division_codes, ' ')) as code
  from stage_alert a
),
place as (
  select
    area.id,
    list(distinct c.district order by c.district) filter (c.district is not null) as districts,
    list(distinct c.subdistrict order by c.subdistrict) filter (c.subdistrict is not null) as subdistricts,
    list(distinct c.community order by c.community) filter (c.community is not null) as communities,
    list(distinct c.grid order by c.grid) filter (c.grid is not null) as grids
  from area
  join cell c on area.code in (c.province, c.city, c.district, c.subdistrict, c.community, c.grid)
  group by area.id
)
select
  a.id,
  a.warning_code as warning,
  a.level::varchar as level,
  a.sent_at,
  a.effective_at,
  least(a.expires_at, coalesce(a.ended_at, a.expires_at)) as over_at,
  coalesce(p.districts, [null::varchar]) as districts,
  coalesce(p.subdistricts, [null::varchar]) as subdistricts,
  coalesce(p.communities, [null::varchar]) as communities,
  coalesce(p.grids, [null::varchar]) as grids
from stage_alert a
left join place p on p.id = a.id
where a.status = 'Actual' and a.msg_type <> 'Cancel'
