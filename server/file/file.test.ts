import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { messages } from '@/data/text';
import { event, file } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { batchById, issueErrands, moveErrand } from '../errand/store';
import { eventById, moveEvent, reportEvent } from '../event/store';
import { townReport, townScope, writeTown } from '../event/testing';
import { handlePhoto, handleUpload } from './http';
import { photoLimit } from './rules';
import { erasePhotos, keepPhoto, photoFor, unusedBefore } from './store';

const picture = (width = 900, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 120 } } });

const withPlace = async (): Promise<Buffer> =>
  picture()
    .withExif({
      IFD0: { Copyright: 'secret owner', Model: 'secret phone' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '22/1 30/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '114/1 30/1 36/1',
      },
      IFD2: { DateTimeOriginal: '2026:11:22 09:30:00', OffsetTimeOriginal: '+08:00' },
    })
    .jpeg()
    .toBuffer();

describe('photos', () => {
  let database: TestDatabase;
  const home = mkdtempSync(join(tmpdir(), 'gridhall-photo-'));
  const eraseUnused = () =>
    database.connection.db.transaction((tx) => erasePhotos(tx, unusedBefore(new Date(Date.now() - 86_400_000)), 100));
  const onDisk = () => readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  beforeAll(async () => {
    database = await testDatabase();
    await writeTown(database.connection);
    vi.stubEnv('GRIDHALL_HOME', home);
    vi.stubEnv('GRIDHALL_OPEN', 'on');
    vi.stubGlobal('gridhallConnection', database.connection);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    await database.end();
    await rm(home, { recursive: true, force: true });
  });

  const upload = async (bytes: Uint8Array | ReadableStream, badge = 'R5:A1') => {
    const request = new Request('http://localhost/api/file', {
      ...{ method: 'POST', body: bytes as BodyInit, duplex: 'half' },
      headers: { cookie: `gridhall-post=${badge}`, 'x-screen': 'small' },
    } as RequestInit);
    const answer = await handleUpload(request);
    return { status: answer.status, body: await answer.json() };
  };

  test('what is kept holds pixels alone; place and time are told once', async () => {
    const { status, body } = await upload(await withPlace());
    expect(status).toBe(201);
    expect(body).toMatchObject({ width: 900, height: 600, takenAt: '2026-11-22T01:30:00.000Z' });
    expect(body.position[0]).toBeCloseTo(114.51, 4);
    expect(body.position[1]).toBeCloseTo(22.5, 4);
    const bytes = await photoFor(database.connection, townScope('R5', 'A1', 'small'), { id: body.id, size: 'full' });
    const { exif, format, xmp, icc } = await sharp(bytes).metadata();
    expect({ exif, format, xmp, icc }).toEqual({ exif: undefined, format: 'jpeg', xmp: undefined, icc: undefined });
    expect(bytes.includes('secret')).toBe(false);
    const [row] = await database.connection.db.select().from(file).where(eq(file.id, body.id));
    expect(JSON.stringify(row)).not.toMatch(/114|22\.5/);
    expect(onDisk().map(({ name }) => name.replace(/^[0-9a-f]{64}/, ''))).toEqual(
      expect.arrayContaining(['-full.jpg', '-thumb.jpg']),
    );
  });

  test('turned photos are upright, large ones smaller, see-through ones white', async () => {
    const turned = await upload(await picture(900, 600).withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect(turned.body).toMatchObject({ width: 600, height: 900, position: null, takenAt: null });
    const large = await upload(await picture(5000, 2500).webp().toBuffer());
    expect(large.body).toMatchObject({ width: photoLimit.side, height: photoLimit.side / 2 });
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const bad: [name: string, make: () => Promise<Uint8Array>, reason: string][] = [
    ['SVG with a script', async () => Buffer.from(svg), 'photo_type'],
    ['SVG behind an XML head', async () => Buffer.from(`<?xml version="1.0"?>${svg}`), 'photo_type'],
    ['HTML', async () => Buffer.from('<html><img src=x onerror=alert(1)></html>'), 'photo_type'],
    ['zip bomb', async () => zipSync({ 'a.jpg': new Uint8Array(5_000_000) }), 'photo_type'],
    ['nothing', async () => new Uint8Array(), 'photo_type'],
    ['GIF', async () => picture(10, 10).gif().toBuffer(), 'photo_type'],
    ['half a JPEG', async () => (await picture().jpeg().toBuffer()).subarray(0, 1200), 'photo_broken'],
    ['noise behind a JPEG head', async () => Buffer.from([0xff, 0xd8, 0xff, ...Buffer.alloc(500, 7)]), 'photo_broken'],
    [
      'PNG of 56 megapixels in some kilobytes',
      async () => picture(8_000, 7_000).png({ compressionLevel: 9 }).toBuffer(),
      'photo_pixels',
    ],
    ['12 MB and a byte', async () => Buffer.alloc(photoLimit.bytes + 1, 0xff), 'photo_large'],
  ];
  test.each(bad)('%s is refused in both languages, and nothing of it stays', async (_name, make, reason) => {
    const before = [onDisk().length, await database.connection.db.$count(file)];
    const { status, body } = await upload(await make());
    expect([status, body.code, body.reason]).toEqual([400, 'invalid', reason]);
    expect(body.zh).toMatch(/\p{Script=Han}/u);
    expect(body.en).not.toMatch(/\p{Script=Han}|[{}]/u);
    expect([onDisk().length, await database.connection.db.$count(file)]).toEqual(before);
  });

  test('100 MB are cut off at the limit, not held', async () => {
    let sent = 0;
    const stream = new ReadableStream({
      pull: (controller) => {
        if (sent >= 100 * 1024 * 1024) return controller.close();
        sent += 1024 * 1024;
        controller.enqueue(new Uint8Array(1024 * 1024).fill(0xff));
      },
    });
    const { body } = await upload(stream);
    expect(body.reason).toBe('photo_large');
    expect(sent).toBeLessThan(15 * 1024 * 1024);
  });

  test('every refusal has its sentence', () => {
    for (const [, , reason] of bad) expect(messages[`intake.refused.${reason}`]).toBeDefined();
  });

  test('who may not report may not upload', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    expect((await upload(jpeg, 'R1:D')).status).toBe(403);
    expect((await upload(jpeg, '')).status).toBe(403);
  });

  test('a photo belongs to one step of one event of its sender, and is seen where the event is', async () => {
    const { connection } = database;
    const worker = townScope('R5', 'A1', 'small');
    const keep = () =>
      picture()
        .jpeg()
        .toBuffer()
        .then((bytes) => keepPhoto(connection, worker.actorId, bytes));
    const [first, second] = [await keep(), await keep()];
    const row = await reportEvent(connection, worker, townReport('A1', { photos: [first.id] }));
    const signed = await moveEvent(connection, worker, {
      ...{ id: row.id, version: row.version, to: 'S40', departmentCode: null, note: '', satisfaction: null },
      photos: [second.id],
    });
    const seen = async (scope = worker) => (await eventById(connection, scope, row.id)).photos;
    expect(await seen()).toMatchObject([
      { id: first.id, step: 1 },
      { id: second.id, step: 5 },
    ]);
    const look = (scope: ReturnType<typeof townScope>) => photoFor(connection, scope, { id: first.id, size: 'thumb' });
    expect((await sharp(await look(townScope('R4', 'A'))).metadata()).width).toBe(photoLimit.thumb);
    for (const scope of [townScope('R5', 'A2'), townScope('R4', 'B'), townScope('R2', 'D', 'big'), townScope('R1')])
      await expect(look(scope)).rejects.toMatchObject({ code: 'not_found' });
    expect(await seen(townScope('R2', 'D', 'big'))).toEqual([]);
    const wall = await handlePhoto(new Request(`http://localhost/api/file/${first.id}`), first.id);
    expect(wall.status).toBe(404);
    const again = reportEvent(connection, worker, townReport('A1', { photos: [first.id] }));
    await expect(again).rejects.toMatchObject({ params: { reason: 'photo_unknown' } });
    const alien = await keep();
    const sent = townReport('A2', { photos: [alien.id] });
    await expect(reportEvent(connection, townScope('R5', 'A2'), sent)).rejects.toMatchObject({ code: 'invalid' });
    expect(await connection.db.$count(event, eq(event.client_key, sent.clientKey))).toBe(0);
    expect(signed.status).toBe('S40');
  });

  test('a photo of an errand goes with its result alone, and is seen where the errand is', async () => {
    const { connection } = database;
    const worker = townScope('R5', 'A1', 'small');
    const keep = async (width: number) =>
      keepPhoto(connection, worker.actorId, await picture(width, 40).jpeg().toBuffer());
    const id = randomUUID();
    await issueErrands(connection, townScope('R2'), {
      ...{ id, kind: 'patrol', division: 'D', perGrid: 1, note: '' },
      dueAt: new Date(Date.now() + 86_400_000).toISOString(),
    });
    const batch = async (scope = townScope('R2')) => (await batchById(connection, scope, id, null)).errands;
    const own = (await batch()).find(({ grid }) => grid === 'A1');
    if (!own) throw new Error('Nothing was given to A1.');
    const move = { id: own.id, note: '', clientKey: randomUUID() };
    await moveErrand(connection, worker, { ...move, version: 1, step: 'receive', result: null });
    const finish = (photos: string[]) =>
      moveErrand(connection, worker, {
        ...{ ...move, version: 2, step: 'finish', result: 'found', photos, clientKey: randomUUID() },
      });
    await expect(finish([randomUUID()])).rejects.toMatchObject({ params: { reason: 'photo_unknown' } });
    expect((await batch()).find((one) => one.id === own.id)?.result, 'nothing is stored half').toBeNull();
    const kept = await keep(73);
    await finish([kept.id]);
    const told = (await batch()).find((one) => one.id === own.id);
    expect(told).toMatchObject({ result: 'found', photos: [{ id: kept.id, step: 3, width: 73 }] });
    await connection.db.update(file).set({ created_at: sql`now() - interval '25 hours'` }).where(eq(file.id, kept.id));
    await eraseUnused();
    const look = (scope: ReturnType<typeof townScope>) => photoFor(connection, scope, { id: kept.id, size: 'thumb' });
    for (const scope of [worker, townScope('R4', 'A'), townScope('R2')])
      expect(await look(scope)).toBeInstanceOf(Buffer);
    for (const scope of [townScope('R5', 'A2'), townScope('R4', 'B'), townScope('R2', 'D', 'big'), townScope('R1')])
      await expect(look(scope)).rejects.toMatchObject({ code: 'not_found' });
    expect(await batch(townScope('R2', 'D', 'big'))).toEqual([]);
  });

  test('photos nobody used go after a day with their bytes; used ones and fresh ones stay', async () => {
    const { connection } = database;
    const keep = async (width: number) => keepPhoto(connection, 'R5:A1', await picture(width, 50).jpeg().toBuffer());
    const [old, fresh] = [await keep(71), await keep(72)];
    await connection.db.update(file).set({ created_at: sql`now() - interval '25 hours'` }).where(eq(file.id, old.id));
    const before = onDisk().length;
    expect(await eraseUnused()).toBe(1);
    expect(onDisk().length).toBe(before - 2);
    await expect(photoFor(connection, townScope('R5', 'A1'), { id: old.id, size: 'full' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await photoFor(connection, townScope('R5', 'A1'), { id: fresh.id, size: 'full' })).toBeInstanceOf(Buffer);
  });
});
