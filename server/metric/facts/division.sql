-- One row a node of the division tree, ended ones too.
select code, parent_code as parent, level, path, sort, begun_at, ended_at
from stage_division
