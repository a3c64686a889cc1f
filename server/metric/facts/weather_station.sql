-- One row a weather station.
select
  s.id,
  c.province,
  c.city,
  c.district,
  c.subdistrict,
  c.community,
  c.grid,
  s.placed_from,
  s.placed_to
from stage_weather_station s
left join cell c on c.code = cell_of(s.grid_code, s.community_code, s.subdistrict_code)
