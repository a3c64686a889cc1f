-- One row a place an event stood in before a re-cut of the boundaries: up to `to_at`. Where it stands now stands on the
-- event.
select event_id, community_code as community, grid_code as grid, block_code as block, from_at, to_at
from stage_event_place
