import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EventStatus } from '@/data/model/event';
import { audit_line, event, event_link, intake_turn, public_contact, public_report, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { eventById, mergeEvent, moveEvent, reportEvent, similarEvents } from '../event/store';
import { centerOf, townReport, townScope, writeTown } from '../event/testing';
import { photoFor } from '../file/store';
import { createCaller } from '../trpc/root';
import { handleForm, handleProgress, handlePublicPhoto, handlePublicReport, handleReceiptPhoto } from './http';
import { turnsAnHour } from './turn';

let database: TestDatabase;
const home = mkdtempSync(join(tmpdir(), 'gridhall-intake-'));
beforeAll(async () => {
  database = await testDatabase();
  await writeTown(database.connection);
  const source = { list: 'event-source', source: 'test', valid_from: new Date('2020-01-01T00:00:00Z') };
  await database.connection.db.insert(term).values({ ...source, code: '03', zh: '群众举报', en: 'Citizen report' });
  vi.stubEnv('GRIDHALL_HOME', home);
  vi.stubGlobal('gridhallConnection', database.connection);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await database.end();
  await rm(home, { recursive: true, force: true });
});

let nAddress = 0;
/** Each test calls from addresses of its own. */
const nextAddress = () => `10.0.0.${nAddress++}`;

const post = (body: unknown, address = nextAddress()) =>
  new Request('http://localhost/api/public/report', {
    ...{ method: 'POST', body: body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) },
    headers: { 'x-gridhall-address': address },
  });
const read = async (answer: Response) => ({ status: answer.status, body: await answer.json() });

const sentence = 'A big heap of rubbish behind the old market';
const draft = (rest: object = {}) => ({
  ...{ clientKey: randomUUID(), category: 'auto', text: sentence, position: centerOf('A1') },
  ...{ photos: [], contact: '' },
  ...rest,
});
const send = async (rest: object = {}) => read(await handlePublicReport(post(draft(rest))));
const progress = async (receipt: string) => read(await handleProgress(new Request('http://localhost/'), receipt));
const rate = async (receipt: string, rating: unknown) => read(await handleProgress(post({ rating }), receipt));
const photo = async () => {
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#234' } })
    .jpeg()
    .toBuffer();
  return (await read(await handlePublicPhoto(post(bytes)))).body.id as string;
};
const eventOf = async (receipt: string): Promise<string> => {
  const [row] = await database.connection.db.select().from(public_report).where(eq(public_report.receipt, receipt));
  return row?.event_id ?? '';
};
const desk = townScope('R4', 'A');
const run = async (id: string, ...path: EventStatus[]) => {
  for (const to of path) {
    const { version } = await eventById(database.connection, desk, id);
    await moveEvent(database.connection, desk, {
      id,
      version,
      to,
      departmentCode: null,
      note: 'inner note',
      satisfaction: null,
    });
  }
};

describe('the public page', () => {
  test('a report gets a receipt that cannot be guessed, waits for acceptance, and is written once', async () => {
    const sent = draft();
    const [one, two] = await Promise.all(
      [handlePublicReport(post(sent)), handlePublicReport(post(sent))].map(async (a) => read(await a)),
    );
    expect(one?.body.receipt).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
    expect(two?.body).toEqual(one?.body);
    const other = await send();
    expect(other.body.receipt).not.toBe(one?.body.receipt);
    const row = await eventById(database.connection, desk, await eventOf(one?.body.receipt));
    expect(row).toMatchObject({ status: 'S10', source: '03', title: 'event-category auto', isHeld: true });
  });

  test('a receipt tells the steps and what its holder sent, field by field, and nothing else', async () => {
    const id = await photo();
    const { body } = await send({ photos: [id], contact: '13800005521' });
    const eventId = await eventOf(body.receipt);
    await run(eventId, 'S20', 'S40', 'S50', 'S60', 'S40', 'S50', 'S61');
    const told = (await progress(body.receipt)).body;
    expect(Object.keys(told).sort()).toEqual([
      'canRate',
      'category',
      'dueAt',
      'isClosed',
      'number',
      'photos',
      'rating',
      'receipt',
      'steps',
      'text',
    ]);
    expect(told).toMatchObject({
      ...{ receipt: body.receipt, text: sentence, photos: [id], dueAt: null, isClosed: true, canRate: true },
      ...{ rating: null, category: { zh: 'event-category auto', en: 'event-category auto in words' } },
    });
    expect(told.steps.map(({ step }: { step: string }) => step)).toEqual([
      'received',
      'accepted',
      'sent',
      'working',
      'checked',
      'working',
      'checked',
      'done',
    ]);
    for (const step of told.steps) expect(Object.keys(step)).toEqual(['step', 'at']);
    // both are drawn by lot, and may hold any two letters
    const words = JSON.stringify({ ...told, receipt: '', number: '' });
    expect(words).not.toMatch(/R4|inner note|XFJ|13800005521|A1|114\.|level|worker/);
  });

  test('a receipt shows its own photos alone', async () => {
    const [id, alien] = [await photo(), await photo()];
    const [own, other] = [await send({ photos: [id] }), await send({ photos: [alien] })];
    const look = (receipt: string, wanted: string) =>
      handleReceiptPhoto(new Request('http://localhost/?size=thumb'), { receipt, id: wanted });
    const seen = await look(own.body.receipt, id);
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await look(own.body.receipt, alien)).status).toBe(404);
    expect((await look('0000-0000-0000-0000', id)).status).toBe(404);
    const reused = await send({ photos: [id] });
    expect([reused.body.reason, other.status]).toEqual(['photo_unknown', 201]);
  });

  test('its words and photos are held from all but those who accept, and stay held when it is voided', async () => {
    const { connection } = database;
    const id = await photo();
    const { body } = await send({ photos: [id] });
    const eventId = await eventOf(body.receipt);
    const worker = townScope('R5', 'A1', 'small');
    const seen = async (scope = worker) => {
      const { description, photos, title, address } = await eventById(connection, scope, eventId);
      return [description, photos.length, title, address];
    };
    const word = 'event-category auto';
    expect(await seen()).toEqual([null, 0, word, null]);
    expect(await seen(townScope('R6', 'D'))).toEqual([null, 0, word, null]);
    expect(await seen(desk)).toEqual([sentence, 1, word, null]);
    await expect(photoFor(connection, worker, { id, size: 'full' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await photoFor(connection, desk, { id, size: 'full' })).toBeInstanceOf(Buffer);
    await run(eventId, 'S20');
    expect(await seen()).toEqual([sentence, 1, word, null]);
    const spam = await eventOf((await send()).body.receipt);
    await run(spam, 'S90');
    expect((await eventById(connection, worker, spam)).description).toBeNull();
  });

  test('a contact lies sealed apart, is opened for a purpose by who accepts, and every look is kept', async () => {
    const { connection } = database;
    const { body } = await send({ contact: '138 0000 5521' });
    const id = await eventOf(body.receipt);
    const [kept] = await connection.db.select().from(public_contact).where(eq(public_contact.event_id, id));
    expect(Buffer.from(kept?.sealed ?? '').length).toBeGreaterThan(40);
    expect(Buffer.from(kept?.sealed ?? '').includes('138')).toBe(false);
    const ask = (scope = desk) => createCaller({ connection, scope }).intake.contact({ id, purpose: 'call back' });
    expect(await ask()).toEqual({ contact: '138 0000 5521' });
    expect((await eventById(connection, desk, id)).hasContact).toBe(true);
    expect((await eventById(connection, townScope('R5', 'A1'), id)).hasContact).toBe(false);
    for (const scope of [townScope('R5', 'A1'), townScope('R1'), townScope('R2', 'D', 'big')])
      await expect(ask(scope)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ask(townScope('R4', 'B'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const looks = await connection.db.select().from(audit_line).where(eq(audit_line.subject, id));
    expect(looks).toMatchObject([{ action: 'contact.open', actor_id: 'R4:A', purpose: 'call back' }]);
  });

  test('a mark is given once, after closing', async () => {
    const { body } = await send();
    const id = await eventOf(body.receipt);
    expect((await rate(body.receipt, 5)).body.reason).toBe('rated');
    await run(id, 'S20', 'S40', 'S50', 'S61');
    for (const wrong of [0, 6, 2.5, '5']) expect((await rate(body.receipt, wrong)).status).toBe(400);
    expect((await rate(body.receipt, 2)).body).toMatchObject({ rating: 2, canRate: false });
    expect((await rate(body.receipt, 2)).status).toBe(200);
    expect((await rate(body.receipt, 5)).body.reason).toBe('rated');
    expect(await eventById(database.connection, desk, id)).toMatchObject({ status: 'S70' });
  });

  const bad: [name: string, rest: object, reason: string | undefined][] = [
    ['an unknown category', { category: 'nothing' }, 'category'],
    ['a place outside', { position: [10, 10] }, 'outside'],
    ['markup', { text: 'look <img src=x onerror=alert(1)>' }, 'markup'],
    ['a contact that is none', { contact: 'call me' }, 'contact'],
    ['an unknown photo', { photos: [randomUUID()] }, 'photo_unknown'],
    ['no text', { text: ' ' }, undefined],
    ['a field it does not know', { source: '11' }, undefined],
    ['a key that is none', { clientKey: '1' }, undefined],
  ];
  test.each(bad)('%s is refused and leaves nothing', async (_name, rest, reason) => {
    const { db } = database.connection;
    const counts = () => Promise.all([event, public_report, public_contact].map((table) => db.$count(table)));
    const before = await counts();
    const { status, body } = await send(rest);
    expect([status, body.reason]).toEqual([400, reason]);
    if (reason) expect([body.zh, body.en]).toEqual([expect.stringMatching(/\p{Script=Han}/u), expect.any(String)]);
    expect(await counts()).toEqual(before);
  });

  test('one address has its turns of an hour; no address is written down', async () => {
    const address = '203.0.113.77';
    const answers = [];
    for (let i = 0; i <= turnsAnHour.report; i++) answers.push(await handlePublicReport(post({}, address)));
    expect(answers.map(({ status }) => status)).toEqual([...Array(turnsAnHour.report).fill(400), 429]);
    expect((await handlePublicReport(post(draft()))).status).toBe(201);
    const kept = await database.connection.db.select().from(intake_turn);
    expect(JSON.stringify(kept)).not.toContain('203.0');
  });

  test('the form tells lists, extent and the commonest categories', async () => {
    const { body } = await read(await handleForm(new Request('http://localhost/')));
    expect(Object.keys(body).sort()).toEqual(['bbox', 'common', 'isDemo', 'name', 'nameEn', 'timeZone', 'words']);
    expect(body.common).toEqual(['auto']);
  });
});

describe('duplicates', () => {
  test('open cases of one kind, near in place and time, are told to who sees them; merging voids with a link', async () => {
    const { connection } = database;
    const [lng, lat] = centerOf('B2');
    const at = (east: number, category = 'auto') =>
      reportEvent(connection, townScope('R2'), townReport('B2', { category, position: [lng + east / 102_900, lat] }));
    const [first, near, far, other] = [await at(0), await at(30), await at(80), await at(5, 'hand')];
    const ask = { position: [lng, lat] as [number, number], category: 'auto', at: null, not: first.id };
    const found = await similarEvents(connection, townScope('R4', 'B'), ask);
    expect(found.map(({ id, metres }) => [id, metres])).toEqual([[near.id, 30]]);
    expect(found.some(({ id }) => [far.id, other.id].includes(id))).toBe(false);
    expect(await similarEvents(connection, townScope('R4', 'A'), ask)).toEqual([]);
    expect(await similarEvents(connection, townScope('R2', 'D', 'big'), ask)).toEqual([]);
    const late = { ...ask, at: new Date(Date.now() + 49 * 3_600_000) };
    expect(await similarEvents(connection, townScope('R4', 'B'), late)).toEqual([]);

    const [one, two] = [await at(0, 'hand'), await at(3, 'hand')];
    const merge = (id: string, into: string) => mergeEvent(connection, townScope('R4', 'B'), { id, version: 1, into });
    await expect(merge(one.id, one.id)).rejects.toMatchObject({ params: { reason: 'duplicate' } });
    const outcomes = await Promise.allSettled([merge(one.id, two.id), merge(two.id, one.id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const states = await Promise.all([one, two].map(({ id }) => eventById(connection, townScope('R2'), id)));
    expect(states.map(({ status }) => status).sort()).toEqual(['S10', 'S90']);
    const [gone, stays] = states[0]?.status === 'S90' ? states : [states[1], states[0]];
    expect(gone?.mergedInto).toEqual({ id: stays?.id, number: stays?.number });
    const links = await connection.db.select().from(event_link);
    expect(links).toMatchObject([{ event_id: gone?.id, other_id: stays?.id, actor_id: 'R4:B' }]);
  });
});

describe('moves of a phone', () => {
  const move = (id: string, version: number, to: EventStatus, clientKey: string) =>
    moveEvent(database.connection, townScope('R5', 'A1', 'small'), {
      ...{ id, version, to, departmentCode: null, note: '', satisfaction: null, clientKey },
    });

  test('a move sent again is the same move, also at the same moment; its key fits no other', async () => {
    const row = await reportEvent(database.connection, townScope('R2'), townReport('A1'));
    const key = randomUUID();
    const rows = await Promise.all([1, 2, 3].map(() => move(row.id, row.version, 'S40', key)));
    expect(rows.map(({ version, status }) => [version, status])).toEqual(Array(3).fill([row.version + 1, 'S40']));
    expect(await move(row.id, row.version, 'S40', key)).toMatchObject({ version: row.version + 1 });
    await expect(move(row.id, row.version + 1, 'S50', key)).rejects.toMatchObject({ params: { reason: 'key_used' } });
    await expect(move(row.id, row.version, 'S40', randomUUID())).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a report from the future is refused, tasks are those one may move', async () => {
    const worker = townScope('R5', 'A1', 'small');
    const soon = townReport('A1', { happenedAt: new Date(Date.now() + 3_600_000).toISOString() });
    await expect(reportEvent(database.connection, worker, soon)).rejects.toMatchObject({
      params: { reason: 'future_time' },
    });
    const row = await reportEvent(database.connection, worker, townReport('A1'));
    const caller = createCaller({ connection: database.connection, scope: worker });
    const { tasks } = await caller.event.tasks({});
    expect(tasks.find(({ id }) => id === row.id)).toMatchObject({ status: 'S31', moves: ['S40'] });
    expect(tasks.every(({ grid, moves }) => grid === 'A1' && moves.length > 0)).toBe(true);
    const guesses = await caller.intake.guess({ position: centerOf('A1'), text: 'hand' });
    expect(guesses.map(({ code, why }) => [code, why])).toEqual([
      ['hand', 'words'],
      ['auto', 'own'],
    ]);
  });
});
