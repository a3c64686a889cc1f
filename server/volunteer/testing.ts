import type { Connection } from '../db/client';
import { term, volunteer_team } from '../db/schema';
import { writeTown } from '../event/testing';

const team = (id: string, code: string) => ({
  ...{ id, name: id, name_en: id, division_code: code, path: `/P/C/D/S/${code}/`, subdistrict_code: 'S' },
  ...{ community_code: code, service_code: 'V1' },
});

/** The test town with a team of volunteers in each of its communities: `TA`, `TB`. */
export const writeTeams = async (connection: Connection): Promise<void> => {
  await writeTown(connection);
  await connection.db
    .insert(term)
    .values({ list: 'volunteer-service', code: 'V1', zh: 'v', en: 'v', source: 's', valid_from: new Date(0) });
  await connection.db.insert(volunteer_team).values([team('TA', 'A'), team('TB', 'B')]);
};
