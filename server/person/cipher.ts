import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Problem } from '@/data/model/problem';
import { readEnv } from '../env';
import { findOwnKey, makeOwnKey, replaceOwnKey } from '../file/own-key';

/** Columns of `person` that tell who somebody is (身份列): stored sealed, and marked so that equals are found. */
export const identityColumns = ['name', 'id_number', 'phone'] as const;
type IdentityColumn = (typeof identityColumns)[number];

/** Other tables that tell who somebody is, in one column each (`sealed.ts`). */
export const sealedTables = ['public_contact', 'dispute_party', 'volunteer', 'vehicle'] as const;
export type SealedTable = (typeof sealedTables)[number];

/** Where something lies sealed: a column of `person`, or the one of another table. */
type SealedColumn = IdentityColumn | SealedTable;

const keyFile = 'identity.key';
const nonceBytes = 12;
const tagBytes = 16;
/** Bytes of HMAC-SHA-256 that are kept: two different values never meet by chance. */
const markBytes = 16;

/** Seals, opens and marks identities with the key of this installation. */
export type Cipher = {
  /** Version that is sealed with: the newest of the key. */
  version: number;
  /** SHA-256 of each version of the key, by version: what the database may know of it. */
  prints: Readonly<Record<string, string>>;
  /** Version, nonce, tag and AES-256-GCM cipher, bound to the column and the row. */
  seal: (column: SealedColumn, id: number | string, text: string) => Buffer;
  /** Text that was sealed there; `unavailable` when it was changed, moved from elsewhere, or its key is not here. */
  open: (column: SealedColumn, id: number | string, sealed: Uint8Array) => string;
  /** The same for the same text of a column, of any row; tells nothing without the key. */
  mark: (column: SealedColumn, text: string) => Buffer;
};

const newLine = (version: number): string => `${version}:${randomBytes(32).toString('base64')}`;

const parseKey = (text: string): Map<number, Buffer> => {
  const lines = text.split(/[\n,]/).filter((line) => line.trim() !== '');
  const parts = lines.map((line) => /^(\d{1,3}):([A-Za-z0-9+/]{43}=)$/.exec(line.trim()));
  const secrets = new Map(parts.map((part) => [Number(part?.[1]), Buffer.from(part?.[2] ?? '', 'base64')]));
  if (parts.length === 0 || parts.includes(null) || secrets.size < parts.length || !secrets.has(1))
    throw new Problem(
      'unavailable',
      'The key of identities cannot be read: lines of <version>:<32 bytes, base64> from 1.',
    );
  return secrets;
};

const derive = (secret: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `gridhall ${use}`, 32));

/** Random nonces, drawn many at a time. */
const nonces = (): (() => Buffer) => {
  let [pool, at] = [Buffer.alloc(0), 0];
  return () => {
    if (at + nonceBytes > pool.length) [pool, at] = [randomBytes(nonceBytes * 1024), 0];
    at += nonceBytes;
    return pool.subarray(at - nonceBytes, at);
  };
};

const tables: ReadonlySet<string> = new Set(sealedTables);

const placeOf = (column: SealedColumn, id: number | string): string =>
  tables.has(column) ? `${column}|sealed|${id}` : `person|${column}|${id}`;

const boundTo = (column: SealedColumn, id: number | string): Buffer => Buffer.from(placeOf(column, id));

const cipherOf = (secrets: Map<number, Buffer>): Cipher => {
  const seals = new Map([...secrets].map(([version, secret]) => [version, derive(secret, 'seal')]));
  // Marks stay through a change of key: they are compared with each other.
  const marking = derive(secrets.get(1) as Buffer, 'mark');
  const version = Math.max(...secrets.keys());
  const sealing = seals.get(version) as Buffer;
  const nextNonce = nonces();
  const print = (secret: Buffer) => createHash('sha256').update(derive(secret, 'print')).digest('hex');
  return {
    version,
    prints: Object.fromEntries([...secrets].map(([each, secret]) => [each, print(secret)])),
    seal: (column, id, text) => {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(boundTo(column, id));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]);
    },
    open: (column, id, sealed) => {
      const key = seals.get(sealed[0] ?? 0);
      const from = 1 + nonceBytes;
      if (!key || sealed.length < from + tagBytes)
        throw new Problem('unavailable', `${placeOf(column, id)}: there is no key for what is stored.`);
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, from), { authTagLength: tagBytes });
        cipher.setAAD(boundTo(column, id)).setAuthTag(sealed.subarray(from, from + tagBytes));
        return cipher.update(sealed.subarray(from + tagBytes), undefined, 'utf8') + cipher.final('utf8');
      } catch {
        throw new Problem('unavailable', `${placeOf(column, id)}: what is stored was changed or belongs elsewhere.`);
      }
    },
    mark: (column, text) => createHmac('sha256', marking).update(`${column}|${text}`).digest().subarray(0, markBytes),
  };
};

let last: { text: string; cipher: Cipher } | null = null;

/** The cipher of this installation; null = it has no key yet. Read anew each time, so that a change of key is seen. */
export const findCipher = async (): Promise<Cipher | null> => {
  const text = readEnv().GRIDHALL_KEY ?? (await findOwnKey(keyFile))?.toString();
  if (text === undefined) return null;
  if (last?.text !== text) last = { text, cipher: cipherOf(parseKey(text)) };
  return last.cipher;
};

/** The cipher of this installation. `unavailable` where its key is missing: one is made at the first start alone. */
export const readCipher = async (): Promise<Cipher> => {
  const cipher = await findCipher();
  if (!cipher)
    throw new Problem(
      'unavailable',
      `The key of identities is missing: put ${keyFile} back under GRIDHALL_HOME, or set GRIDHALL_KEY. Nothing was changed.`,
    );
  return cipher;
};

/** Makes the key of a new installation. */
export const makeKey = async (): Promise<Cipher> => {
  await makeOwnKey(keyFile, () => Buffer.from(`${newLine(1)}\n`));
  return readCipher();
};

/** Adds a version to the key file, which is sealed with from now on; the ones before stay, to open what they sealed. */
export const addVersion = async (): Promise<Cipher> => {
  if (readEnv().GRIDHALL_KEY !== undefined)
    throw new Problem('invalid', 'The key stands in GRIDHALL_KEY: add `,<next version>:<32 bytes, base64>` there.');
  const { version } = await readCipher();
  await replaceOwnKey(keyFile, Buffer.from(`${String(await findOwnKey(keyFile)).trim()}\n${newLine(version + 1)}\n`));
  return readCipher();
};

const digits = /^\d{17}[\dX]$/;

/** Birth date and sex that an ID number claims, `198005061`; null = it is not of the right shape. */
const claimOf = (number: string): string | null =>
  digits.test(number) ? `${number.slice(6, 14)}${Number(number[16]) % 2 === 1 ? 1 : 2}` : null;

/** Columns of `person` that an ID number is written to. */
export const sealIdNumber = (cipher: Cipher, id: number, number: string) => ({
  id_number_sealed: cipher.seal('id_number', id, number),
  id_number_mark: cipher.mark('id_number', number),
  id_claim: claimOf(number),
});

export type Identity = { name: string; id_number: string; phone: string | null };

/** Columns of `person` that somebody's identity is written to. */
export const sealIdentity = (cipher: Cipher, id: number, { name, id_number, phone }: Identity) => ({
  name_sealed: cipher.seal('name', id, name),
  name_mark: cipher.mark('name', name),
  ...sealIdNumber(cipher, id, id_number),
  phone_sealed: phone === null ? null : cipher.seal('phone', id, phone),
  phone_mark: phone === null ? null : cipher.mark('phone', phone),
});

/** Rows of a table on their way into it. */
export type MadeRows = { columns: readonly string[]; rows: Iterable<readonly unknown[]> };

/** Rows of `person` as they are made, with their identities sealed. */
export const sealPersons = (
  cipher: Cipher,
  { columns, rows }: MadeRows,
): { columns: string[]; rows: Iterable<unknown[]> } => {
  const at = new Map(columns.map((name, index) => [name, index]));
  const plain = columns.filter((name) => !(identityColumns as readonly string[]).includes(name));
  const sealed = Object.keys(sealIdentity(cipher, 0, { name: '', id_number: '', phone: null }));
  function* each(): Generator<unknown[]> {
    for (const row of rows) {
      const value = (name: string) => row[at.get(name) ?? -1] ?? null;
      const identity = { name: String(value('name')), id_number: String(value('id_number')) };
      const phone = value('phone') === null ? null : String(value('phone'));
      const columnsOf = sealIdentity(cipher, Number(value('id')), { ...identity, phone });
      yield [...plain.map(value), ...Object.values(columnsOf)];
    }
  }
  return { columns: [...plain, ...sealed], rows: each() };
};
