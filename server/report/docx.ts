import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { type AnsweredBlock, type AnsweredSection, tableOf, wordsOfSentence } from './rules';
import type { Words } from './words';

const line = (text: string) => new Paragraph({ children: [new TextRun(text)], spacing: { after: 100 } });

const cellOf = (text: string, column: number, isHead = false) =>
  new TableCell({
    margins: { left: 80, right: 80 },
    children: [
      new Paragraph({
        alignment: column === 0 ? AlignmentType.LEFT : AlignmentType.RIGHT,
        children: [new TextRun({ text, bold: isHead, size: 19 })],
      }),
    ],
  });

const tableRow = (texts: readonly string[], isHead = false) =>
  new TableRow({
    tableHeader: isHead,
    cantSplit: true,
    children: texts.map((text, column) => cellOf(text, column, isHead)),
  });

const blockParts = (answered: AnsweredBlock, words: Words): (Paragraph | Table)[] => {
  const { t } = words;
  if (answered.block.kind === 'sentence') return [line(wordsOfSentence(answered, words))];
  const { head, rows, nLeft } = tableOf(answered, words);
  const title = new Paragraph({
    text: t(`report.block.${answered.block.key}`),
    heading: HeadingLevel.HEADING_3,
    spacing: { before: 160, after: 80 },
    keepNext: true,
  });
  if (rows.length === 0) return [title, line(t('report.noRows'))];
  const table = new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [...(head.length > 0 ? [tableRow(head, true)] : []), ...rows.map((row) => tableRow(row))],
  });
  return [title, table, ...(nLeft > 0 ? [line(t('report.left', { n: nLeft }))] : [])];
};

/** What stands above the sections of a report. */
export type Heading = { title: string; facts: readonly (readonly [name: string, value: string])[] };

/** The report as a DOCX file: headings, sentences, tables; A4, page numbers, table heads on every page. */
export const makeDocx = (heading: Heading, sections: readonly AnsweredSection[], words: Words): Promise<Buffer> => {
  const { t } = words;
  const body = sections.flatMap(({ key, blocks }) => [
    new Paragraph({
      text: t(`report.section.${key}`),
      heading: HeadingLevel.HEADING_2,
      spacing: { before: 240, after: 80 },
    }),
    ...blocks.flatMap((block) => blockParts(block, words)),
  ]);
  const footer = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 18 })],
  });
  const document = new Document({
    title: heading.title,
    creator: t('common.badge.product'),
    styles: {
      default: { document: { run: { size: 21, font: { ascii: 'Arial', hAnsi: 'Arial', eastAsia: 'SimSun' } } } },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 1_000, bottom: 1_000, left: 1_000, right: 1_000 },
          },
        },
        footers: { default: new Footer({ children: [footer] }) },
        children: [
          new Paragraph({ text: heading.title, heading: HeadingLevel.HEADING_1 }),
          ...heading.facts.map(([name, value]) => line(`${name} ${value}`)),
          ...body,
          line(t('report.foot')),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
};
