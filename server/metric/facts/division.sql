-- One row a node of the division tree.
select code, parent_code as parent, level, path, sort
from stage_division
