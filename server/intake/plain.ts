import { randomUUID } from 'node:crypto';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Lang } from '@/data/model/format';
import { PublicReport, Receipt, refusalIn } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { translate } from '@/data/text/translate';
import { type Connection, connection } from '../db/client';
import { division } from '../db/schema';
import { readInstallation } from '../dictionary/store';
import { photoLimit } from '../file/rules';
import { readBody } from '../trpc/body';
import { statusOf } from '../trpc/init';
import { parse } from '../trpc/plain';
import { type PlainArea, type PlainDraft, plainFormPage, plainReceiptPage } from './plain-page';
import { keepPublicPhoto, publicForm, readProgress, reportPublic } from './store';
import { addressOf, takeTurn } from './turn';

const wordBytes = 64 * 1024;

const shown = (text: string, status = 200): Response =>
  new Response(text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
      'referrer-policy': 'no-referrer',
    },
  });

const langOf = (request: Request): Lang => (new URL(request.url).searchParams.get('lang') === 'en' ? 'en' : 'zh');

/** Communities of the installation with their middle: without a map a place is chosen by name. */
const readAreas = async ({ db }: Connection): Promise<PlainArea[]> => {
  const { rootPath } = await readInstallation(db);
  const { code, name, name_en, lng, lat } = division;
  const rows = await db
    .select({ code, name, name_en, lng, lat })
    .from(division)
    .where(and(eq(division.level, 5), isNotNull(lng), sql`starts_with(${division.path}, ${rootPath})`))
    .orderBy(division.sort, code);
  return rows.map((row) => ({
    ...{ code: row.code, name: row.name, nameEn: row.name_en },
    position: [row.lng ?? 0, row.lat ?? 0],
  }));
};

const freshDraft = (): PlainDraft => ({
  ...{ clientKey: randomUUID(), text: '', category: '', area: '', where: '', contact: '' },
});

const formPage = async (lang: Lang, draft: PlainDraft, fault: string | null): Promise<string> => {
  const [form, areas] = [await publicForm(connection()), await readAreas(connection())];
  return plainFormPage({ lang, form, areas, draft, fault });
};

const sentenceOf = ({ code, params }: Problem, lang: Lang): string => {
  const reason = refusalIn(params.reason);
  return translate(lang, reason ? `intake.refused.${reason}` : `common.problem.${code}`, params);
};

/** Does it, or shows the form once more with what was written and why it was not taken. */
const orForm = async (request: Request, draft: () => PlainDraft, work: () => Promise<Response>): Promise<Response> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const lang = langOf(request);
    return shown(await formPage(lang, draft(), sentenceOf(error, lang)), statusOf[error.code]);
  }
};

/** GET the form a browser sends by itself, or with `receipt` what that one tells; needs no scripts. */
export const handlePlainPage = (request: Request): Promise<Response> =>
  orForm(request, freshDraft, async () => {
    await takeTurn(connection(), 'look', addressOf(request));
    const lang = langOf(request);
    const receipt = new URL(request.url).searchParams.get('receipt');
    if (receipt === null) return shown(await formPage(lang, freshDraft(), null));
    const { timeZone } = await readInstallation(connection().db);
    const format = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
      ...{ timeZone, dateStyle: 'medium', timeStyle: 'short' },
    });
    const told = await readProgress(connection(), parse(Receipt, receipt));
    return shown(plainReceiptPage(lang, told, (at) => format.format(new Date(at))));
  });

const wordOf = (fields: FormData, name: keyof PlainDraft): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const draftOf = (fields: FormData): PlainDraft => ({
  ...{ clientKey: wordOf(fields, 'clientKey'), text: wordOf(fields, 'text'), category: wordOf(fields, 'category') },
  ...{ area: wordOf(fields, 'area'), where: wordOf(fields, 'where'), contact: wordOf(fields, 'contact') },
});

const readFields = async (request: Request): Promise<FormData> => {
  const body = await readBody(request, photoLimit.bytes + wordBytes, 'photo_large');
  const type = request.headers.get('content-type') ?? '';
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw new Problem('invalid', 'The body is no form.');
  });
};

/**
 * POST the form: the same checks and the same act as the page with scripts, once for its key; leads to the receipt
 * (303), so that loading it again sends nothing.
 */
export const handlePlainReport = (request: Request): Promise<Response> => {
  let draft = freshDraft();
  return orForm(
    request,
    () => draft,
    async () => {
      await takeTurn(connection(), 'report', addressOf(request));
      const fields = await readFields(request);
      draft = draftOf(fields);
      const { clientKey, category, contact, area, where } = draft;
      const place = (await readAreas(connection())).find(({ code }) => code === area);
      const text = where === '' ? draft.text : `${draft.text}\n${where}`;
      const said = { clientKey, category, contact, text, photos: [], position: place?.position };
      const report = parse(PublicReport, said);
      const photo = fields.get('photo');
      const bytes = photo instanceof Blob && photo.size > 0 ? Buffer.from(await photo.arrayBuffer()) : null;
      const photos = bytes ? [(await keepPublicPhoto(connection(), bytes)).id] : [];
      const { receipt } = await reportPublic(connection(), { ...report, photos });
      const location = `/api/public/plain?lang=${langOf(request)}&receipt=${receipt}`;
      return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
    },
  );
};
