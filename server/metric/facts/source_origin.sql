-- One row a source of events that is known to be of an origin.
select
  code,
  origin
from stage_source_origin
where origin is not null
