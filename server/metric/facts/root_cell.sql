-- The one cell of the installation's root: where rows without a division of their own stand.
select *
from cell
where code = getvariable('root')
