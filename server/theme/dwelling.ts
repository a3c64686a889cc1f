import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { RentalGrade } from '@/data/model/rental';
import type { DwellingHit } from '@/data/model/theme';
import type { Executor } from '../db/client';
import { building, dwelling } from '../db/schema';
import { isOfGrade } from '../rental/store';
import type { Asked } from './rules';

/**
 * Dwellings that stood on the day of the clock, by their codes; nobody who lives there. `all` rates them, as a rating is the
 * same for whoever asks.
 */
export const findDwellings = async (
  tx: Executor,
  all: Executor,
  { inArea, at, day, conditions, limit }: Asked,
): Promise<DwellingHit[]> => {
  const { houseUse, houseType, entityType, rating } = conditions;
  // the building's name is spelled out: within the sub-select it would be the entity's
  const isHeld = sql`exists (select from entity e where e.dwelling_code = dwelling.code and e.entity_type = ${entityType}
    and e.registered_on <= ${day}::date and (e.closed_on is null or e.closed_on > ${day}::date))`;
  const grade = RentalGrade.safeParse(rating).data;
  const ofGrade = grade && (await isOfGrade(all, grade, { where: inArea, at, day }));
  const rows = await tx
    .select({
      id: dwelling.code,
      room: dwelling.room,
      houseUse: dwelling.house_use,
      areaSqm: dwelling.area_sqm,
      houseType: building.house_type,
      building: building.code,
      place: building.name,
      placeEn: building.name_en,
      grid: building.grid_code,
      lng: building.lng,
      lat: building.lat,
    })
    .from(dwelling)
    .innerJoin(building, eq(building.code, dwelling.building_code))
    .where(
      and(
        inArea,
        lte(sql`${building.valid_from}::date`, day),
        or(isNull(building.valid_to), gt(sql`${building.valid_to}::date`, day)),
        houseUse === undefined ? undefined : eq(dwelling.house_use, houseUse),
        houseType === undefined ? undefined : eq(building.house_type, houseType),
        entityType === undefined ? undefined : isHeld,
        ofGrade,
      ),
    )
    .orderBy(asc(dwelling.code))
    .limit(limit);
  return rows.map(({ lng, lat, ...row }) => ({
    ...{ kind: 'dwelling', ...row },
    position: lng === null || lat === null ? null : [lng, lat],
  }));
};
