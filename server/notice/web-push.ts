import { eq } from 'drizzle-orm';
import webpush from 'web-push';
import { z } from 'zod';
import type { NoticeFault, PushTarget } from '@/data/model/notice';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { clockNow } from '../db/clock';
import { readEnv } from '../env';
import { readOwnKey } from '../file/own-key';
import type { Channel, NoticeMessage } from './channel';
import { isUrgent, toldPost } from './rules';
import { notice_push } from './table';

const Keys = z.object({ publicKey: z.string(), privateKey: z.string() });

/** The installation's own pair of VAPID keys (推送密钥): `push.key` under GRIDHALL_HOME, made the first time. */
const readKeys = async () =>
  Keys.parse(
    JSON.parse(String(await readOwnKey('push.key', () => Buffer.from(JSON.stringify(webpush.generateVAPIDKeys()))))),
  );

/** Key a browser subscribes with, base64url. */
export const pushKey = async (): Promise<string> => (await readKeys()).publicKey;

/** Whether messages are sent there: a push service that is named, over TLS, or one named with its whole origin. */
const isKnownService = (endpoint: string): boolean => {
  const { protocol, hostname, origin } = new URL(endpoint);
  return readEnv().GRIDHALL_PUSH.some(
    (known) => known === origin || (protocol === 'https:' && (hostname === known || hostname.endsWith(`.${known}`))),
  );
};

/** Lets a browser take what the caller is told (订阅推送), a handler of his department; one that had another post before has this one now. */
export const subscribePush = async (
  { db }: Connection,
  scope: Scope,
  target: PushTarget,
  department: string | null = null,
): Promise<void> => {
  const post = toldPost(scope, department);
  if (post === null) throw new Problem('invalid', 'Name the department first.', { field: 'department' });
  if (!isKnownService(target.endpoint))
    throw new Problem('invalid', 'Nothing is sent to this push service.', { field: 'endpoint' });
  const set = { post, ...target.keys, subscribed_at: await clockNow(db) };
  await db
    .insert(notice_push)
    .values({ endpoint: target.endpoint, ...set })
    .onConflictDoUpdate({ target: notice_push.endpoint, set });
};

/** Ends it for a browser, whatever post it had: who knows its address is that browser. */
export const unsubscribePush = async ({ db }: Connection, endpoint: string): Promise<void> => {
  await db.delete(notice_push).where(eq(notice_push.endpoint, endpoint));
};

const keptSeconds = 4 * 3_600;
const waitMs = 10_000;
/** The push service says that this browser is no more. */
const goneStatuses = [404, 410];
/** Tells later what it does not tell now. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;

type Device = typeof notice_push.$inferSelect;
type Outcome = 'sent' | 'later' | 'gone' | 'refused';

const sendTo = async (device: Device, message: NoticeMessage): Promise<Outcome> => {
  const { endpoint, p256dh, auth } = device;
  const { id, text } = message;
  const details = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify({ id, text }), {
    vapidDetails: { subject: readEnv().GRIDHALL_PUSH_CONTACT, ...(await readKeys()) },
    TTL: keptSeconds,
    urgency: isUrgent(message.level) ? 'high' : 'normal',
    topic: `notice-${id}`,
  });
  const { method, headers, body } = details;
  try {
    const signal = AbortSignal.timeout(waitMs);
    const { status, ok } = await fetch(endpoint, {
      ...{ method, headers: headers as Record<string, string>, redirect: 'error', signal },
      body: body === null ? null : new Uint8Array(body),
    });
    if (goneStatuses.includes(status)) return 'gone';
    if (ok) return 'sent';
    return isPassing(status) ? 'later' : 'refused';
  } catch {
    return 'later';
  }
};

/**
 * Sends a message to every browser of its post, sealed for each. Throws while none took it and one may later; else says
 * why nobody got it. The same message under the same id replaces itself on a device.
 */
export const pushChannel = (): Channel => ({
  send: async (message, { db }): Promise<NoticeFault | null> => {
    const devices = await db.select().from(notice_push).where(eq(notice_push.post, message.post));
    if (devices.length === 0) return 'noDevice';
    const outcomes = await Promise.all(devices.map((device) => sendTo(device, message)));
    for (const [i, { endpoint }] of devices.entries())
      if (outcomes[i] === 'gone') await db.delete(notice_push).where(eq(notice_push.endpoint, endpoint));
    if (outcomes.includes('sent')) return null;
    if (outcomes.includes('later')) throw new Error('No push service was reached.');
    return outcomes.includes('refused') ? 'refused' : 'gone';
  },
});
