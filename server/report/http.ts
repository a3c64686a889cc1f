import { z } from 'zod';
import type { Ask } from '@/data/model/ask';
import { DivisionCode } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import { ReportKey, type ReportPlace } from '@/data/model/report';
import { Known, Period } from '@/data/model/view';
import { reports } from '@/data/reports';
import { type AskContext, placeOf } from '../metric/answer';
import { answerCached } from '../metric/cache';
import { replica } from '../metric/replica';
import { scopeOf } from '../trpc/http';
import type { Context } from '../trpc/init';
import { answer, parse } from '../trpc/plain';
import { makeDocx } from './docx';
import { answerReport } from './rules';
import { readWords } from './words';

/** A report as its page's query names it. */
export const ReportQuery = z.object({
  v: ReportKey,
  a: DivisionCode.nullable().default(null),
  t: Period,
  at: z.iso.datetime({ offset: true }).nullable().default(null),
  k: Known.default('now'),
  lang: z.enum(['zh', 'en']).default('zh'),
});
type ReportQuery = z.infer<typeof ReportQuery>;

/** The report as a DOCX file and its name; every figure by the same road as on the page. */
export const docxOf = async (
  context: Context,
  facts: AskContext['facts'],
  query: ReportQuery,
): Promise<{ name: string; file: Buffer }> => {
  const asking: AskContext = { facts, db: context.connection.db, scope: context.scope };
  const { code, level } = placeOf(asking, query.a);
  const known = query.at === null ? 'now' : query.k;
  const place: ReportPlace = { division: query.a, period: query.t, at: query.at, known, level };
  const { installation } = facts.meta();
  const words = await readWords(context, query.lang, installation.timeZone);
  const sections = await answerReport(reports[query.v], place, (ask: Ask) => answerCached(asking, ask));
  const first = Object.values(sections[0]?.blocks[0]?.answers ?? {})[0];
  const { t } = words;
  const title = `${words.division(code)} ${t(`report.name.${query.v}`)}`;
  const facing: [string, string][] = [
    [t('report.place'), words.trail(code)],
    [t('report.time'), words.period(query.t)],
    [t('report.asOf'), first ? words.stamp(first.asOf).slice(0, 16) : '—'],
    [t('report.record'), t(`report.known.${known}`)],
    [t('report.version'), first?.snapshot ?? '—'],
  ];
  const told = installation.demo ? `${title} (${t('common.badge.demo')})` : title;
  const file = await makeDocx({ title: told, facts: facing }, sections, words);
  return { name: `${title} ${query.t.replace('/', '_')}`, file };
};

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** GET /api/report/docx?v=&a=&t=&at=&k=&lang=: the report as a file. */
export const handleReport = (request: Request, format: string): Promise<Response> =>
  answer(async () => {
    if (format !== 'docx') throw new Problem('not_found', `There is no report as "${format}".`);
    const { screen: _, ...asked } = Object.fromEntries(new URL(request.url).searchParams);
    const query = parse(ReportQuery, asked);
    const { name, file } = await docxOf(await scopeOf(request), await replica().ready(), query);
    return new Response(new Uint8Array(file), {
      headers: {
        'content-type': docxType,
        'content-disposition': `attachment; filename="report.docx"; filename*=UTF-8''${encodeURIComponent(`${name}.docx`)}`,
        'cache-control': 'no-store',
      },
    });
  });
