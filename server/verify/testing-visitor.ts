import { connect } from '../db/client';
import { townScope } from '../db/testing-town';
import { writeVisit } from './visit';

/** Writes one visit into a database, or is killed at it by the test that started it. */
const visitOnce = async ([url = '', grid = '', visit = '']: string[]): Promise<void> => {
  const connection = connect(url, { max: 3 });
  await writeVisit(connection, townScope('R5', grid, 'small'), JSON.parse(visit));
  await connection.sql.end();
};

void visitOnce(process.argv.slice(2));
