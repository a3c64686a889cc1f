import type { Ask } from '@/data/model/ask';
import { type OwnReport, ownRefOf } from '@/data/model/own-report';
import { Problem } from '@/data/model/problem';
import { type Report, ReportKey, type ReportPlace } from '@/data/model/report';
import { reports } from '@/data/reports';
import { type AreaPicture, areaPicture } from '@/data/reports/area-picture';
import { ownReport } from '@/data/reports/own';
import { readOutlines } from '../division/store';
import { type AskContext, placeOf } from '../metric/answer';
import { answerCached } from '../metric/cache';
import { outlineCollection } from '../tile/outline';
import type { Context } from '../trpc/init';
import { type Mark, makeDocx, markLine } from './docx';
import { printToPdf, type SentCookie } from './print';
import { type AnsweredSection, answerReport } from './rules';
import { readReport } from './store';
import { readWords, type Words } from './words';

/** A report as its page names it, and where, when and by which record it is made. */
export type ReportWish = { page: string; place: Omit<ReportPlace, 'level'>; lang: Words['lang'] };

type Making = Context & { facts: AskContext['facts'] };

const named = async (context: Context, page: string): Promise<{ report: Report; own: OwnReport | null }> => {
  const key = ReportKey.safeParse(page).data;
  if (key) return { report: reports[key], own: null };
  const ref = ownRefOf(page);
  if (!ref) throw new Problem('not_found', `There is no report "${page}".`);
  const own = await readReport(context.connection, context.scope, ref);
  return { report: ownReport(own.blocks), own };
};

/** A report answered: its words, its figures, and what they rest on. */
export type Made = {
  wish: ReportWish;
  title: string;
  division: string;
  sections: AnsweredSection[];
  facts: [name: string, value: string][];
  words: Words;
};

/** Answers a report in the caller's scope; what is live is fixed at the instant of the facts. */
export const makeReport = async (context: Making, wish: ReportWish): Promise<Made> => {
  const { facts, connection, scope } = context;
  const asking: AskContext = { facts, db: connection.db, scope };
  const { code, level } = placeOf(asking, wish.place.division);
  const { report, own } = await named(context, wish.page);
  const isLive = wish.place.at === null;
  const at = wish.place.at ?? facts.status().asOf.toISOString();
  const place: ReportPlace = { ...wish.place, at, known: isLive ? 'now' : wish.place.known, level };
  const { installation } = facts.meta();
  const words = await readWords(context, wish.lang, installation.timeZone, new Date(at));
  const sections = await answerReport(report, place, (ask: Ask) => answerCached(asking, ask));
  const first = sections.flatMap(({ blocks }) => blocks.flatMap(({ answers }) => Object.values(answers)))[0];
  const { t } = words;
  const name = own?.name ?? t(`report.name.${report.key}`);
  return {
    wish: { ...wish, place },
    title: `${words.division(code)} ${name}`,
    division: code,
    sections,
    words,
    facts: [
      [t('report.place'), words.trail(code)],
      [t('report.time'), words.period(place.period)],
      [t('report.asOf'), first ? words.stamp(first.asOf).slice(0, 16) : '—'],
      [t('report.record'), t(`report.known.${place.known}`)],
      [t('report.version'), first?.snapshot ?? '—'],
      ...(own
        ? [
            [
              t('report.edition'),
              t('report.editionOf', { n: own.version, at: words.stamp(own.savedAt).slice(0, 16) }),
            ] as [string, string],
          ]
        : []),
    ],
  };
};

/** Map pictures of the report, by block. */
const picturesOf = async (
  { connection, scope }: Context,
  { sections, words, wish }: Made,
): Promise<Map<string, AreaPicture>> => {
  const pictures = new Map<string, AreaPicture>();
  const at = wish.place.at === null ? null : new Date(wish.place.at);
  for (const { block, answers } of sections.flatMap(({ blocks }) => blocks)) {
    const [answer] = Object.values(answers);
    if (block.kind !== 'map' || !answer) continue;
    const level = answer.dimensions[0] as 'community';
    const outlines = outlineCollection(await readOutlines(connection, scope, level, at), level);
    pictures.set(block.key, areaPicture(answer, outlines, { lang: words.lang, none: words.t('report.untold') }));
  }
  return pictures;
};

/** The report as a DOCX file. */
export const docxOf = async (context: Context, made: Made, mark: Mark): Promise<Uint8Array<ArrayBuffer>> => {
  const { title, facts, sections, words } = made;
  const pictures = await picturesOf(context, made);
  return new Uint8Array(await makeDocx({ title, facts, mark }, { sections, pictures }, words));
};

/** The page of the report as PDF, its mark on every sheet. */
export const pdfOf = (made: Made, mark: Mark, { port, cookies }: { port: number; cookies: readonly SentCookie[] }) => {
  const { page, lang, place } = made.wish;
  const { division, period, at, known } = place;
  const parts = { v: page, a: division, t: period, at, k: known, lang };
  const query = new URLSearchParams(
    Object.entries(parts).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
  return printToPdf({ path: `/report?${query}&still`, port, cookies, mark: markLine(mark) });
};
