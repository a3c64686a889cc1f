import { randomBytes } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { EventStatus } from '@/data/model/event';
import {
  type KeptPhoto,
  type Progress,
  type PublicForm,
  type PublicReport,
  type PublicStep,
  refuse,
} from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { systemScope } from '../access/store';
import { keepLook } from '../audit/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { division, event, event_link, event_transition } from '../db/schema';
import { listWords, readInstallation, wordOf } from '../dictionary/store';
import { eventById, moveEvent, reportEvent } from '../event/store';
import type { PhotoSize } from '../file/disk';
import { keepPhoto, photoOfReport, photosOf } from '../file/store';
import { opener, sealer } from '../person/sealed';
import { commonCategories } from './guess';
import { mayAccept, publicKey } from './rules';
import { public_contact, public_report } from './table';

/** The public as an actor: it has no post. */
const citizen = { actorId: 'public', role: 'public' } as const;

const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 random bits: `7KQ2-9F3K-XM0A-C4TD`. */
const drawReceipt = (): string =>
  [...randomBytes(16)].map((byte, i) => (i > 0 && i % 4 === 0 ? '-' : '') + signs[byte & 31]).join('');

export const keepPublicPhoto = (connection: Connection, bytes: Buffer): Promise<KeptPhoto> =>
  keepPhoto(connection, citizen.actorId, bytes);

/**
 * A report of the public (群众举报): waits for acceptance whatever its category. Its title is the word of its category;
 * its own words and photos are held back until then. Event, receipt and contact are written in one transaction, and a
 * repeated key returns the receipt of the first time.
 */
export const reportPublic = async (
  connection: Connection,
  report: PublicReport,
): Promise<{ receipt: string; number: string }> => {
  const { db } = connection;
  const seal = await sealer('public_contact');
  const word = await wordOf(db, 'event-category', report.category);
  const alongside = async (tx: Executor, { id }: { id: string }) => {
    await tx.insert(public_report).values({ event_id: id, receipt: drawReceipt() });
    if (report.contact !== '')
      await tx.insert(public_contact).values({ event_id: id, sealed: seal(id, report.contact) });
  };
  const row = await reportEvent(
    connection,
    await systemScope(connection),
    {
      ...{ clientKey: `${publicKey}${report.clientKey}`, category: report.category, source: '03' },
      ...{ title: word?.zh ?? report.category, description: report.text, position: report.position },
      ...{ address: '', buildingCode: null, dwellingCode: null, photos: report.photos },
    },
    { ...citizen, isHeld: true, alongside },
  );
  const [kept] = await db.select().from(public_report).where(eq(public_report.event_id, row.id));
  if (!kept) throw new Problem('unavailable', 'The report was not written.');
  return { receipt: kept.receipt, number: row.number };
};

const stepOf: Partial<Record<EventStatus, PublicStep>> = {
  S10: 'received',
  S20: 'accepted',
  S31: 'sent',
  S40: 'working',
  S60: 'working',
  S50: 'checked',
  S61: 'done',
  S62: 'done',
  S21: 'refused',
  S90: 'refused',
};

const findReport = async ({ db }: Connection, receipt: string): Promise<typeof event.$inferSelect> => {
  const [row] = await db
    .select({ event })
    .from(public_report)
    .innerJoin(event, eq(event.id, public_report.event_id))
    .where(eq(public_report.receipt, receipt));
  if (!row) throw refuse('receipt', 'There is no report under this receipt.');
  return row.event;
};

/** Moves of an event as steps a citizen understands; steps in a row that say the same are one. */
const stepsOf = async ({ db }: Connection, id: string): Promise<Progress['steps']> => {
  const [merged] = await db.select({ id: event_link.other_id }).from(event_link).where(eq(event_link.event_id, id));
  const moves = await db
    .select({ to: event_transition.to_status, at: event_transition.at })
    .from(event_transition)
    .where(eq(event_transition.event_id, id))
    .orderBy(asc(event_transition.seq));
  return moves
    .flatMap(({ to, at }) => {
      const step = to === 'S90' && merged ? 'merged' : stepOf[to];
      return step ? [{ step, at: at.toISOString() }] : [];
    })
    .filter(({ step }, i, all) => step !== all[i - 1]?.step);
};

/** What a receipt tells: the steps in plain words and what its holder sent himself; nothing of people or other cases. */
export const readProgress = async (connection: Connection, receipt: string): Promise<Progress> => {
  const found = await findReport(connection, receipt);
  const word = await wordOf(connection.db, 'event-category', found.category_code);
  const photos = await photosOf(connection.db, found.id);
  return {
    receipt,
    number: found.number,
    category: { zh: word?.zh ?? found.category_code, en: word?.en ?? found.category_code },
    text: found.description,
    photos: photos.filter(({ step }) => step === 1).map(({ id }) => id),
    steps: await stepsOf(connection, found.id),
    dueAt: found.closed_at ? null : (found.handle_due_at?.toISOString() ?? null),
    isClosed: found.closed_at !== null,
    canRate: ['S61', 'S62'].includes(found.status),
    rating: found.satisfaction,
  };
};

export const photoByReceipt = async (
  connection: Connection,
  receipt: string,
  wanted: { id: string; size: PhotoSize },
): Promise<Buffer> => photoOfReport(connection, (await findReport(connection, receipt)).id, wanted);

/** The citizen's mark 1–5 after closing (群众评价), once; the same mark again is the same act. */
export const rateReport = async (connection: Connection, receipt: string, rating: number): Promise<Progress> => {
  const { id, version, status, satisfaction } = await findReport(connection, receipt);
  if (status === 'S70' && satisfaction === rating) return readProgress(connection, receipt);
  if (!['S61', 'S62'].includes(status)) throw refuse('rated', 'It is not closed yet, or has its mark.');
  const move = { id, version, to: 'S70', departmentCode: null, note: '', satisfaction: rating } as const;
  await moveEvent(connection, await systemScope(connection), move, citizen);
  return readProgress(connection, receipt);
};

/** The contact left with an event, for posts that accept reports; every look is kept with its purpose. Null = none. */
export const openContact = async (
  connection: Connection,
  scope: Scope,
  { id, purpose }: { id: string; purpose: string },
): Promise<{ contact: string | null }> => {
  if (!mayAccept(scope)) throw new Problem('not_allowed', 'Posts that accept reports alone may read a contact.');
  await eventById(connection, scope, id);
  const [row] = await connection.db.select().from(public_contact).where(eq(public_contact.event_id, id));
  if (!row) return { contact: null };
  const open = await opener('public_contact');
  return connection.db.transaction(async (tx) => {
    await keepLook(tx, scope, await clockNow(tx), { action: 'contact.open', subject: id, purpose, nRows: 1 });
    return { contact: open(id, row.sealed) };
  });
};

const formLists = [
  ...['event-category-l1', 'event-category', 'rental-rating', 'rental-rating-factor'],
  ...['residence-relation', 'volunteer-service'],
];

/** What the public page needs to ask: the name, the extent, the categories and those reported most. */
export const publicForm = async ({ db }: Connection): Promise<PublicForm> => {
  const { name, nameEn, demo, root, timeZone } = await readInstallation(db);
  const [node] = await db.select({ bbox: division.bbox }).from(division).where(eq(division.code, root));
  const words = await listWords(db);
  return {
    ...{ name, nameEn, isDemo: demo !== null, timeZone, bbox: node?.bbox ?? null },
    words: words.filter(({ list }) => formLists.includes(list)),
    common: await commonCategories(db),
  };
};
