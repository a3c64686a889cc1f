-- One row a station and hour, placed where the station stands. Local day, month (from 1970) and hour of its beginning.
select
  h.id,
  s.province,
  s.city,
  s.district,
  s.subdistrict,
  s.community,
  s.grid,
  h.starts_at,
  h.rain_mm,
  h.gust_mps,
  local_day(h.starts_at) as starts_day,
  local_month(h.starts_at) as starts_month,
  local_hour(h.starts_at) as starts_hour,
  s.placed_from,
  s.placed_to
from stage_weather_hour h
join weather_station s on s.id = h.station_id
