-- One row a division: itself and its ancestors, one column a level. Levels a tree skips stay null.
with step as (
  select code, unnest(string_split(trim(path, '/'), '/')) as ancestor
  from division
)
select
  step.code,
  max(a.code) filter (a.level = 1) as province,
  max(a.code) filter (a.level = 2) as city,
  max(a.code) filter (a.level = 3) as district,
  max(a.code) filter (a.level = 4) as subdistrict,
  max(a.code) filter (a.level = 5) as community,
  max(a.code) filter (a.level = 6) as grid
from step
join division a on a.code = step.ancestor
group by step.code
