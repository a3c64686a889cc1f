import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Problem } from '@/data/model/problem';

/** A foreign file, decoded. `checksum` = SHA-256 of its bytes. */
export type SourceFile = { name: string; text: string; checksum: string };

/** A JavaScript string holds no more. */
const mostBytes = 500 * 1024 * 1024;

const readBytes = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const why = code === 'ENOENT' ? 'is not there' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    throw new Problem('invalid', `${path} ${why}: check the path.`);
  }
};

const decoder = (encoding: string): TextDecoder => {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new Problem(
      'invalid',
      `--encoding ${encoding} is unknown: use utf-8, gb18030, big5, windows-1252 or utf-16le.`,
    );
  }
};

const decode = (bytes: Buffer, encoding: string): string | null => {
  try {
    return decoder(encoding).decode(bytes);
  } catch (error) {
    if (error instanceof Problem) throw error;
    return null;
  }
};

/** Line of the first bytes that are not UTF-8. */
const badLine = (bytes: Buffer): number => {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(10, from);
    const next = end < 0 ? bytes.length : end + 1;
    if (decode(bytes.subarray(from, next), 'utf-8') === null) return line;
    from = next;
  }
  return line;
};

const checkText = (name: string, bytes: Buffer, encoding: string): string => {
  const text = decode(bytes, encoding);
  const isUtf8 = decoder(encoding).encoding === 'utf-8';
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf8 && isWide)
    throw new Problem('invalid', `${name} is UTF-16: pass --encoding ${bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'}.`);
  if (text === null) {
    const hint = isUtf8
      ? 'pass its encoding, for example --encoding gb18030 or --encoding windows-1252.'
      : 'pass the encoding it was written in.';
    const where = isUtf8 ? ` (line ${badLine(bytes)})` : '';
    throw new Problem('invalid', `${name} is not ${encoding}${where}: ${hint}`);
  }
  if (text.includes('\u0000')) throw new Problem('invalid', `${name} is not a text file.`);
  const hasMore = !isUtf8 && bytes.some((byte) => byte > 127);
  if (hasMore && !isWide && decode(bytes, 'utf-8') !== null)
    throw new Problem('invalid', `${name} is UTF-8: leave --encoding ${encoding} out.`);
  return text;
};

/** Reads and decodes a file; `invalid` says what is wrong with path, size or encoding. */
export const readSource = (path: string, encoding = 'utf-8'): SourceFile => {
  const bytes = readBytes(path);
  const name = basename(path);
  if (bytes.length === 0) throw new Problem('invalid', `${name} is empty.`);
  if (bytes.length > mostBytes) throw new Problem('invalid', `${name} is larger than 500 MB: split it.`);
  const checksum = createHash('sha256').update(bytes).digest('hex');
  return { name, text: checkText(name, bytes, encoding), checksum };
};
