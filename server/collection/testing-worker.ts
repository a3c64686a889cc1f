import { connect } from '../db/client';
import { townScope } from '../db/testing-town';
import { submitCollection } from './submit';

/** Writes a visit of a grid's worker until it is killed by the test that started it. */
const [url = '', grid = '', told = ''] = process.argv.slice(2);
void submitCollection(connect(url, { max: 2 }), townScope('R5', grid, 'small'), JSON.parse(told));
