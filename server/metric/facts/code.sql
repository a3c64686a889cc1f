-- Codes that have no number yet, by the column of the event they stand in; numbers go on from the last one given.
with found as (
  select distinct list, code
  from (
    select unnest(['subdistrict', 'community', 'grid']) as list, unnest([subdistrict, community, grid]) as code
    from cell
    union all
    select
      unnest(['category', 'category_l1', 'level', 'source', 'department', 'status']),
      unnest([category_code, category_l1, level::varchar, source_code, department_code, status])
    from stage_event
    union all
    select 'stage', stage from status_stage
  )
  where code is not null
),
last as (
  select list, max(n) as n
  from code
  group by list
)
select
  f.list,
  f.code,
  (coalesce(l.n, 0) + row_number() over (partition by f.list order by f.code))::smallint as n
from found f
anti join code k on k.list = f.list and k.code = f.code
left join last l on l.list = f.list
