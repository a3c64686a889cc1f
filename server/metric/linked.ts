import { everPlaced } from './placed';

/**
 * Records of lists that were handed in, and of visits that collected, by how they were linked: as many as are alike in one
 * row, since a list has hundreds of thousands. A list is placed for good, a visit where it has stood.
 */
export const linkedRows = `(
  select m.batch_id, 'list' as via, coalesce(m.grid_code, m.division_code) as place_code, b.at as handed_in_at,
    case when m.method in ('written', 'other', 'mended', 'position') then r.at end as linked_at,
    null::timestamptz as placed_from, null::timestamptz as placed_to, count(*)::int as n
  from address_match m join address_batch b on b.id = m.batch_id
  join address_run r on r.batch_id = m.batch_id and r.run = m.run
  group by 1, 2, 3, 4, 5
  union all
  select collection.id, 'visit', coalesce(at_grid, at_community, at_subdistrict), collection.at,
    case when i.method in ('shown', 'number', 'name', 'address') then collection.at end, placed_from, placed_to, count(*)::int
  from ${everPlaced('collection', 'collection.id::text')}
  join collection_item i on i.collection_id = collection.id and i.kind <> 'special'
  group by 1, 2, 3, 4, 5, 6, 7) address_link`;
