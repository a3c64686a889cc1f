import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scope } from '@/data/model/scope';
import type { TurnStep } from '@/data/model/volunteer';
import type { Connection } from '../db/client';
import { volunteer_call, volunteer_turn } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { townScope } from '../event/testing';
import {
  callById,
  cancelCall,
  comingCalls,
  joinTeam,
  leaveTeam,
  listCalls,
  listTeams,
  moveTurn,
  openCall,
  teamById,
} from './store';
import { writeTeams } from './testing';

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await testDatabase();
  connection = database.connection;
  await writeTeams(connection);
});
afterAll(() => database.end());

const desk = townScope('R4', 'A');
const phone = townScope('R5', 'A1');
const hour = 3_600_000;
const join = async (name: string, of = 'TA', scope: Scope = desk): Promise<string> => {
  const id = randomUUID();
  await joinTeam(connection, scope, { id, team: of, name });
  return id;
};
const call = async (startsIn: number, nWanted = 2, scope: Scope = desk): Promise<string> => {
  const id = randomUUID();
  const at = (hours: number) => new Date(Date.now() + hours * hour).toISOString();
  const words = { division: 'A', service: 'V1', title: 'Clean the beach', address: '' };
  await openCall(connection, scope, { id, ...words, startsAt: at(startsIn), endsAt: at(startsIn + 3), nWanted });
  return id;
};
const moves = (id: string, volunteer: string, step: TurnStep, scope: Scope = phone) =>
  moveTurn(connection, scope, { call: id, volunteer, step });

it('a volunteer joins, signs up, comes and goes: the hours are counted, the name is told masked', async () => {
  const one = await join('Ming Wang');
  const id = await call(1);
  await moves(id, one, 'signUp');
  await moves(id, one, 'signUp');
  await moves(id, one, 'come');
  await connection.db.update(volunteer_turn).set({ came_at: new Date(Date.now() - 2 * hour) });
  await moves(id, one, 'go');
  await moves(id, one, 'go');
  expect(await callById(connection, desk, id, null)).toMatchObject({
    ...{ nSignedUp: 1, nCame: 1, hours: 2 },
    turns: [{ volunteer: one, name: 'M**', team: 'TA', next: null }],
  });
  expect(await listTeams(connection, desk, null)).toMatchObject([{ id: 'TA', nMembers: 1, hours: 2 }]);
  expect(await callById(connection, townScope('R0'), id, null)).toMatchObject({ nCame: 1, turns: [], others: [] });
  expect((await teamById(connection, townScope('R1'), 'TA')).members).toEqual([]);
});

it('steps follow one another: not before it is near, not after it is called off, not more than were wanted', async () => {
  const [a, b, c] = [await join('Ann Li'), await join('Bo Li'), await join('Chu Li')];
  const far = await call(48, 1);
  await expect(moves(far, a, 'come')).rejects.toMatchObject({ code: 'invalid' });
  const both = await Promise.allSettled([moves(far, a, 'signUp'), moves(far, b, 'signUp')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const signed = both[0]?.status === 'fulfilled' ? a : b;
  await expect(moves(far, signed, 'come'), 'a day early').rejects.toMatchObject({ code: 'invalid' });
  await moves(far, signed, 'withdraw');
  await moves(far, c, 'signUp');
  expect(await callById(connection, desk, far, null)).toMatchObject({ nSignedUp: 1, turns: [{ volunteer: c }] });
  await expect(cancelCall(connection, townScope('R4', 'B'), far)).rejects.toMatchObject({ code: 'not_found' });
  await cancelCall(connection, desk, far);
  await expect(moves(far, a, 'signUp')).rejects.toMatchObject({ code: 'invalid' });
  expect((await comingCalls(connection, phone)).map(({ id }) => id)).not.toContain(far);
});

it('a community keeps its own register and calls; others see neither, nor send their people', async () => {
  const stranger = await join('Dan Wu', 'TB', townScope('R4', 'B'));
  await expect(join('Eve Wu', 'TB')).rejects.toMatchObject({ code: 'not_found' });
  const id = await call(1);
  await expect(moves(id, stranger, 'signUp')).rejects.toMatchObject({ code: 'not_found' });
  await expect(moves(id, stranger, 'signUp', townScope('R5', 'B1'))).rejects.toMatchObject({ code: 'not_found' });
  expect((await listCalls(connection, townScope('R4', 'B'), null)).length).toBe(0);
  expect((await listTeams(connection, townScope('R2'), null)).map((one) => one.id)).toEqual(['TA', 'TB']);
  const gone = await join('Fay Wu');
  await leaveTeam(connection, desk, gone);
  await expect(moves(id, gone, 'signUp')).rejects.toMatchObject({ code: 'not_found' });
  await expect(call(1, 2, townScope('R4', 'B'))).rejects.toMatchObject({ code: 'not_found' });
  expect(await connection.db.$count(volunteer_call)).toBe(3);
});
