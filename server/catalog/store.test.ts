import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReaderGroup } from '@/data/model/catalog';
import type { Role, ScreenKey } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { grids, loadTown, townScope } from '../db/testing-town';
import { loadTerms } from '../dictionary/seed';
import { createCaller } from '../trpc/root';

describe('a field of the catalogue', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await loadTown(database.connection);
    await loadTerms(database.connection.db);
  });
  afterAll(() => database.end());

  const ask = (role: Role, division: string, screen: ScreenKey = 'mid') =>
    createCaller({ scope: townScope(role, division, screen), connection: database.connection }).catalog;

  test('the list holds every field with its words; walls are told nothing', async () => {
    const { fields, tables } = await ask('R7', 'DP').list();
    expect(fields.length).toBeGreaterThan(1_000);
    for (const { id, zh, en } of fields) expect([zh, en, tables[id.split('.')[0] ?? '']], id).not.toContain(undefined);
    await expect(ask('R2', 'DP', 'big').list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('its card says where from, why, who answers, its class, how long, and what rests on it', async () => {
    expect(await ask('R7', 'DP').byId({ id: 'person.id_number_sealed' })).toMatchObject({
      ...{
        zh: '证件号码',
        class: 'identity',
        standard: '11643',
        origin: ['worker', 'department'],
        owner: 'SQZ',
        readers: 'people',
      },
      ...{ quality: 'quality.person', metrics: [], rules: [{ code: 'identity', days: 1095 }] },
    });
    const level = await ask('R7', 'DP').byId({ id: 'event.level' });
    expect(level.metrics).toContain('event.grave');
    expect(level.splits.length).toBeGreaterThan(10);
    const track = await ask('R7', 'DP').byId({ id: 'worker_position.lng' });
    expect(track).toMatchObject({ class: 'sensitive', rules: [{ code: 'track', days: 7 }] });
    await expect(ask('R7', 'DP').byId({ id: 'person.belief' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('who may read it is told by the policies of the database', async () => {
    const told: Record<string, ReaderGroup> = {
      'account_credential.password': 'nobody',
      'public_contact.sealed': 'nobody',
      'audit_line.subject': 'auditor',
      'person.sex': 'people',
      'worker.name': 'works',
      'saved_view.name': 'own',
      'duty.starts_at': 'works',
      'file.hash': 'works',
      'care_visit.note': 'people',
      'asset.name': 'territory',
      'volunteer_turn.came_at': 'territory',
      'assessment_offline.points': 'everybody',
      'building.name': 'territory',
      'event_transition.at': 'territory',
      'term.zh': 'everybody',
    };
    for (const [id, readers] of Object.entries(told))
      expect((await ask('R7', 'DP').byId({ id })).readers, id).toBe(readers);
  });

  test('how much of it is filled is counted in the caller’s territory, and not told where it would single out', async () => {
    expect(await ask('R2', 'DP').filled({ id: 'building.grid_code' })).toEqual({ n: 4, of: 4 });
    expect(await ask('R5', grids[1]).filled({ id: 'building.grid_code' })).toEqual({ n: 1, of: 1 });
    expect(await ask('R2', 'DP').filled({ id: 'person.name_sealed' })).toEqual({ n: 12, of: 12 });
    expect(await ask('R5', grids[1]).filled({ id: 'person.phone_sealed' })).toBeNull();
    expect(await ask('R7', 'DP').filled({ id: 'person.name_sealed' })).toEqual({ n: 0, of: 0 });
    for (const id of ['account.name', 'public_contact.sealed', 'job.payload'])
      await expect(ask('R9', 'DP').filled({ id }), id).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
