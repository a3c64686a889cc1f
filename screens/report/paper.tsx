'use client';

import { periodWords } from '@/components/base/period-words';
import { localStamp } from '@/components/chart/bucket';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import { asksOf, type Section } from '@/data/model/report';
import { BlockFrame } from './block';
import styles from './paper.module.css';
import { useOwn } from './use-own';
import { useFirstAnswer, useReport } from './use-report';

/** What the report is about, and the data it rests on. */
const Head = () => {
  const text = useText();
  const { t, installation } = text;
  const { view } = useView();
  const divisions = useDivisions();
  const { report, place } = useReport();
  const first = useFirstAnswer();
  const { saved, draft } = useOwn();
  const { code } = divisions.byCode(view.division) ?? divisions.root;
  const stampOf = (at: string) => localStamp(new Date(at), installation?.timeZone ?? 'UTC').replace('T', ' ');
  const stamp = first ? stampOf(first.asOf) : '—';
  const facts: [string, string][] = [
    [
      t('report.place'),
      divisions
        .trail(code)
        .map((node) => divisions.name(node.code))
        .join(' / '),
    ],
    [t('report.time'), periodWords(view.period, text)],
    [t('report.asOf'), stamp],
    [t('report.record'), t(`report.known.${place.known}`)],
    [t('report.version'), first?.snapshot ?? '—'],
  ];
  if (saved && !draft)
    facts.push([t('report.edition'), t('report.editionOf', { n: saved.version, at: stampOf(saved.savedAt) })]);
  const name = report.key === 'own' ? (draft?.name ?? saved?.name) : t(`report.name.${report.key}`);
  return (
    <header className={styles.head}>
      {installation?.demo && <span className={styles.demo}>{t('common.badge.demo')}</span>}
      <h1>
        {divisions.name(code)} {name}
      </h1>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
};

const SectionPart = ({ section }: { section: Section }) => {
  const { t } = useText();
  const { place } = useReport();
  const blocks = section.blocks.flatMap((block) => {
    const asks = asksOf(block, place);
    return asks ? [{ block, asks }] : [];
  });
  if (blocks.length === 0) return null;
  const title = section.title ?? t(`report.section.${section.key}`);
  return (
    <section className={styles.section} data-section={section.key}>
      {title && <h2>{title}</h2>}
      {blocks.map(({ block, asks }) => (
        <BlockFrame key={block.key} block={block} asks={asks} />
      ))}
    </section>
  );
};

/** The report as it is printed. */
export const Paper = () => {
  const { t } = useText();
  const { report } = useReport();
  return (
    <main className={styles.paper} data-report={report.key}>
      <Head />
      {report.sections.map((section) => (
        <SectionPart key={section.key} section={section} />
      ))}
      <footer className={styles.foot}>{t('report.foot')}</footer>
    </main>
  );
};
