import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { AreaPicture } from '@/data/reports/area-picture';
import { blockTitle } from '@/data/reports/block';
import { paperColour } from '@/data/reports/paper-colour';
import { pngOf } from './map-image';
import { type AnsweredBlock, type AnsweredSection, tableOf, wordsOfSentence } from './rules';
import type { Words } from './words';

const line = (text: string) => new Paragraph({ children: [new TextRun(text)], spacing: { after: 100 } });
const small = (text: string) => new Paragraph({ children: [new TextRun({ text, size: 18 })], spacing: { after: 60 } });

const colourOf = (token: string): string => (paperColour[token] ?? '#000000').slice(1);

const textCell = (text: string, isLeft: boolean, isHead = false) =>
  new TableCell({
    margins: { left: 80, right: 80 },
    children: [
      new Paragraph({
        alignment: isLeft ? AlignmentType.LEFT : AlignmentType.RIGHT,
        children: [new TextRun({ text, bold: isHead, size: 19 })],
      }),
    ],
  });

/** Full blocks in a bar as long as the greatest value. */
const longest = 16;

const barCell = (length: number) =>
  new TableCell({
    margins: { left: 80, right: 80 },
    children: [
      new Paragraph({
        children: [new TextRun({ text: '█'.repeat(Math.round(length * longest)), size: 12, color: colourOf('seq-5') })],
      }),
    ],
  });

type Row = { texts: readonly string[]; length?: number };

const tableRow = ({ texts, length }: Row, nCodes: number, isHead = false) => {
  const cells = texts.map((text, column) => textCell(text, column < nCodes, isHead));
  if (length !== undefined) cells.splice(nCodes, 0, isHead ? textCell('', true) : barCell(length));
  return new TableRow({ tableHeader: isHead, cantSplit: true, children: cells });
};

const tableParts = (answered: AnsweredBlock, words: Words): (Paragraph | Table)[] => {
  const { t } = words;
  const { head, rows, lengths, nCodes, nLeft, nWithheld } = tableOf(answered, words);
  if (rows.length === 0) return [line(t('report.noRows'))];
  const headRow = head.length > 0 ? [tableRow({ texts: head, ...(lengths ? { length: 0 } : {}) }, nCodes, true)] : [];
  const table = new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      ...headRow,
      ...rows.map((texts, i) => tableRow({ texts, ...(lengths ? { length: lengths[i] ?? 0 } : {}) }, nCodes)),
    ],
  });
  return [
    table,
    ...(nWithheld > 0 ? [small(t('report.withheld', { n: nWithheld }))] : []),
    ...(nLeft > 0 ? [small(t('report.left', { n: nLeft }))] : []),
  ];
};

const pictureWidth = 600;

const mapParts = async (picture: AreaPicture | undefined, { t }: Words): Promise<Paragraph[]> => {
  if (!picture || picture.height === 0) return [line(t('report.noMap'))];
  const { width, height, legend } = picture;
  const transformation = { width: pictureWidth, height: Math.round((pictureWidth * height) / width) };
  const marks = legend.flatMap(({ token, words }) => [
    new TextRun({ text: token ? '■ ' : '▨ ', color: colourOf(token ?? 'line-2'), size: 20 }),
    new TextRun({ text: `${words}    `, size: 18 }),
  ]);
  return [
    new Paragraph({
      keepNext: true,
      children: [new ImageRun({ type: 'png', data: await pngOf(picture), transformation })],
    }),
    new Paragraph({ children: marks, spacing: { after: 100 } }),
  ];
};

type Content = { sections: readonly AnsweredSection[]; pictures: ReadonlyMap<string, AreaPicture> };

const blockParts = async (
  answered: AnsweredBlock,
  pictures: Content['pictures'],
  words: Words,
): Promise<(Paragraph | Table)[]> => {
  const { block, asks } = answered;
  if (block.kind === 'note') return (block.words ?? '').split('\n').map(line);
  if (block.kind === 'sentence') return [line(wordsOfSentence(answered, words))];
  const text = blockTitle(block, asks, words);
  const spacing = { before: 160, after: 80 };
  return [
    ...(text ? [new Paragraph({ text, heading: HeadingLevel.HEADING_3, spacing, keepNext: true })] : []),
    ...(block.say ? [line(wordsOfSentence(answered, words))] : []),
    ...(block.kind === 'map' ? await mapParts(pictures.get(block.key), words) : tableParts(answered, words)),
  ];
};

/** Lines that say whose the file is, of when and what for (水印). */
export type Mark = readonly (readonly [name: string, value: string])[];
/** The mark in one line: number, who, when, what for. */
export const markLine = (mark: Mark): string =>
  mark
    .slice(0, 4)
    .map(([, value]) => value)
    .join(' · ');
/** What stands above the sections of a report, and its mark. */
export type Heading = { title: string; facts: Mark; mark: Mark };

const bodyOf = async ({ sections, pictures }: Content, words: Words): Promise<(Paragraph | Table)[]> => {
  const parts: (Paragraph | Table)[] = [];
  for (const { key, title, blocks } of sections) {
    const text = title ?? words.t(`report.section.${key}`);
    const spacing = { before: 240, after: 80 };
    if (text) parts.push(new Paragraph({ text, heading: HeadingLevel.HEADING_2, spacing, keepNext: true }));
    for (const block of blocks) parts.push(...(await blockParts(block, pictures, words)));
  }
  return parts;
};

/** The report as a DOCX file: headings, sentences, tables, maps; A4, its mark and page numbers on every page. */
export const makeDocx = async ({ title, facts, mark }: Heading, content: Content, words: Words): Promise<Buffer> => {
  const { t } = words;
  const centred = (children: TextRun[]) => new Paragraph({ alignment: AlignmentType.CENTER, children });
  const pages = new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 18 });
  const document = new Document({
    title,
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
        headers: { default: new Header({ children: [centred([new TextRun({ text: markLine(mark), size: 16 })])] }) },
        footers: { default: new Footer({ children: [centred([pages])] }) },
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }),
          ...facts.map(([name, value]) => line(`${name} ${value}`)),
          ...(await bodyOf(content, words)),
          line(t('report.foot')),
          new Paragraph({ text: t('export.mark.title'), heading: HeadingLevel.HEADING_3, keepNext: true }),
          ...mark.map(([name, value]) => small(`${name} ${value}`)),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
};
