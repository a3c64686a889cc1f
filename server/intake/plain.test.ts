import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { division, event, file, public_report, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { centerOf, writeTown } from '../event/testing';
import { handlePlainPage, handlePlainReport } from './plain';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database.connection;
  await writeTown(database.connection);
  const source = { list: 'event-source', source: 'test', valid_from: new Date('2020-01-01T00:00:00Z') };
  await db.insert(term).values({ ...source, code: '03', zh: '群众举报', en: 'Citizen report' });
  const [lng, lat] = centerOf('A1');
  await db.update(division).set({ lng, lat }).where(eq(division.code, 'A'));
  vi.stubEnv('GRIDHALL_HOME', mkdtempSync(join(tmpdir(), 'gridhall-plain-')));
  vi.stubGlobal('gridhallConnection', database.connection);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await database.end();
});

let nAddress = 0;
const request = (query = '', body?: FormData): Request =>
  new Request(`http://localhost/api/public/plain${query}`, {
    ...(body ? { method: 'POST', body } : {}),
    headers: { 'x-gridhall-address': `10.1.0.${nAddress++}` },
  });
const fieldsOf = (rest: Record<string, string | Blob> = {}): FormData => {
  const fields = new FormData();
  const said = {
    clientKey: randomUUID(),
    text: 'A heap of rubbish',
    category: 'auto',
    area: 'A',
    where: '',
    contact: '',
  };
  for (const [name, value] of Object.entries({ ...said, ...rest })) fields.set(name, value);
  return fields;
};
const photo = async (): Promise<Blob> => {
  const image = sharp({ create: { width: 60, height: 40, channels: 3, background: '#234' } });
  return new Blob([new Uint8Array(await image.jpeg().toBuffer())], { type: 'image/jpeg' });
};
const nEvents = () => database.connection.db.$count(event);

test('a form without scripts gives a receipt page; sent twice under its key it is one report', async () => {
  const page = await (await handlePlainPage(request('?lang=en'))).text();
  const clientKey = /name="clientKey" value="([^"]+)"/.exec(page)?.[1] ?? '';
  expect(page).not.toContain('<script');
  const sent = () => fieldsOf({ clientKey, where: 'behind the <old> market' });
  expect((await handlePlainReport(request('?lang=en', sent()))).status, 'markup').toBe(400);
  const fine = async () => fieldsOf({ clientKey, where: 'behind the old market', photo: await photo() });
  const first = await handlePlainReport(request('?lang=en', await fine()));
  const again = await handlePlainReport(request('?lang=en', await fine()));
  expect([first.status, again.headers.get('location')]).toEqual([303, first.headers.get('location')]);
  const [row] = await database.connection.db.select().from(event);
  expect([await nEvents(), row?.grid_code, row?.status, row?.description]).toEqual([
    ...[1, 'A1', 'S10', 'A heap of rubbish\nbehind the old market'],
  ]);
  expect(await database.connection.db.$count(file, eq(file.event_id, row?.id ?? ''))).toBe(1);
  const told = await handlePlainPage(request(new URL(first.headers.get('location') ?? '', 'http://localhost').search));
  const [kept] = await database.connection.db.select().from(public_report);
  expect(await told.text()).toContain(kept?.receipt);
});

test('what the page with scripts refuses is refused with its sentence, nothing is stored, what was written stays', async () => {
  const before = await nEvents();
  const refused = async (rest: Record<string, string | Blob>) => {
    const answer = await handlePlainReport(request('?lang=en', fieldsOf({ text: 'Keep "these" words', ...rest })));
    return { status: answer.status, text: await answer.text() };
  };
  const broken = new Blob(['<svg onload="alert(1)"/>'], { type: 'image/jpeg' });
  const wrong: Record<string, string | Blob>[] = [
    ...[{ photo: broken }, { category: 'none' }, { area: '' }, { contact: 'x' }, { clientKey: 'x' }],
  ];
  for (const rest of wrong) {
    const { status, text } = await refused(rest);
    expect([status, text.includes('role="alert"')], JSON.stringify(rest)).toEqual([400, true]);
    expect(text).toContain('Keep &quot;these&quot; words');
  }
  expect((await handlePlainPage(request('?receipt=XXXX'))).status).toBeGreaterThanOrEqual(400);
  expect(await nEvents()).toBe(before);
});
