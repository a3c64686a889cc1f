const places = 'province, city, district, subdistrict, community, grid';
/** A building code that is on the register, inside a grid (落格). */
const isPlaced = 'coalesce(grid is not null and building in (select id from building), false) as is_placed';

/** The records of dwellings, residents and entities as they ran at the clock, one a row. */
export const recordSql = `(
  select ${places}, ${isPlaced} from dwelling where valid_to is null or valid_to > $asOf
  union all
  select ${places}, ${isPlaced} from person where from_on <= $asOfDay and (until_on is null or until_on > $asOfDay)
  union all
  select ${places}, ${isPlaced} from entity where registered_on <= $asOfDay and (closed_on is null or closed_on > $asOfDay))`;
