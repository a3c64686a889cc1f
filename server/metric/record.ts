import { buildingCount } from '@/data/metrics/place';

const places = 'province, city, district, subdistrict, community, grid';
/** A building code that is on the register, inside a grid (落格). */
const isPlaced = 'coalesce(grid is not null and building in (select id from building), false) as is_placed';

/** Rows of a fact in the place each stood in at the clock. */
export const stoodSql = (fact: string): string =>
  `(select * from ${fact} where (placed_from is null or placed_from <= $asOf) and (placed_to is null or placed_to > $asOf))`;

/** A building, or a dwelling by its building, on the register at the clock. */
const standing = buildingCount.where;

/** The records that each field of the base data is verified at, and those of them that are doubtful: found and not seen to. */
export const qualitySql = `(
  select ${places}, 'person' as field, 1 as n_seen, 0 as n_open from ${stoodSql('person')}
    where from_on <= $asOfDay and (until_on is null or until_on > $asOfDay)
  union all
  select ${places}, 'home', 1, 0 from ${stoodSql('person')}
    where from_on <= $asOfDay and (until_on is null or until_on > $asOfDay)
  union all
  select ${places}, 'use', 1, 0 from ${stoodSql('dwelling')} where ${standing}
  union all
  select ${places}, 'entity', 1, 0 from ${stoodSql('entity')}
    where registered_on <= $asOfDay and (closed_on is null or closed_on > $asOfDay)
  union all
  select ${places}, 'place', 1, 0 from ${stoodSql('building')} where ${standing}
  union all
  select ${places}, 'place', 1, 0 from ${stoodSql('entity')}
    where registered_on <= $asOfDay and (closed_on is null or closed_on > $asOfDay)
  union all
  select ${places}, field, 0, 1 from (
    select distinct on (record, field) ${places}, field from ${stoodSql('doubt')}
    where found_at <= $asOf and (done_at is null or done_at > $asOf)
    order by record, field, id))`;

/** The records of residents, dwellings, entities and events as they ran at the clock, one a row; `events`: those reported by then. */
export const recordSql = (events: string): string => `(
  select ${places}, 'dwelling' as kind, record_origin, ${isPlaced} from ${stoodSql('dwelling')} where ${standing}
  union all
  select ${places}, 'person', record_origin, ${isPlaced} from ${stoodSql('person')}
    where from_on <= $asOfDay and (until_on is null or until_on > $asOfDay)
  union all
  select ${places}, 'entity', record_origin, ${isPlaced} from ${stoodSql('entity')}
    where registered_on <= $asOfDay and (closed_on is null or closed_on > $asOfDay)
  union all
  select ${places}, 'event', coalesce(o.origin, 'department'), grid is not null from ${events} e
    left join source_origin o on o.code = e.source)`;
