'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Pencil, Pin, Printer } from 'lucide-react';
import { Button } from '@/components/base/button';
import { type Choice, ChoiceMenu } from '@/components/base/menu';
import { periodWords } from '@/components/base/period-words';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { queryOf, useView } from '@/components/feed/view';
import { ExportButton } from '@/components/panel/export-button';
import { pageOfOwn } from '@/data/model/own-report';
import { ReportKey, reportKeys, stretchesOf, usualStretch } from '@/data/model/report';
import { datesOf, emptyView, Known, knowns, Period } from '@/data/model/view';
import styles from './bar.module.css';
import { Dates } from './dates';
import { newPage, useOwn } from './use-own';
import { useFirstAnswer, useReport, useToday } from './use-report';

type PickProps = { what: string; name: string; value: string; choices: Choice[]; onChoose: (value: string) => void };

const Pick = ({ what, name, value, choices, onChoose }: PickProps) => (
  <ChoiceMenu label={`${what}: ${name}`} value={value} choices={choices} onChoose={onChoose} className={styles.pick}>
    <span>{what}</span>
    <b>{name}</b>
    <ChevronDown aria-hidden />
  </ChoiceMenu>
);

const PickReport = () => {
  const api = useTRPC();
  const { t } = useText();
  const { set } = useView();
  const { report } = useReport();
  const today = useToday();
  const { saved } = useOwn();
  const kept = useQuery(api.report.list.queryOptions(undefined, { retry: false })).data ?? [];
  const group = t('report.own');
  const choices = [
    ...reportKeys.map((key) => ({ value: key as string, label: t(`report.name.${key}`) })),
    ...kept.map(({ id, name }) => ({ value: pageOfOwn({ id, version: null }), label: name, group })),
    { value: newPage, label: t('report.ownNew'), group },
  ];
  const choose = (page: string) => {
    const own = kept.find(({ id }) => pageOfOwn({ id, version: null }) === page);
    const key = ReportKey.safeParse(page).data;
    if (own) {
      const { id, version, division, period, at } = own;
      set({ page: pageOfOwn({ id, version }), division, period, at, known: 'then' });
    } else if (key) set({ page: key, period: usualStretch(key, today) });
    else set({ page });
  };
  const name = report.key === 'own' ? (saved?.name ?? t('report.ownNew')) : t(`report.name.${report.key}`);
  const value = saved ? pageOfOwn({ id: saved.id, version: null }) : report.key;
  return <Pick what={t('report.kind')} name={name} value={value} choices={choices} onChoose={choose} />;
};

/** The division reported on: those above it in the territory, itself, and those one level down. */
const PickDivision = () => {
  const { t } = useText();
  const { view, set } = useView();
  const divisions = useDivisions();
  const here = (divisions.byCode(view.division) ?? divisions.root).code;
  const choices = [...divisions.trail(here), ...divisions.children(here)].map(({ code }) => ({
    value: code,
    label: divisions.name(code),
  }));
  return (
    <Pick
      what={t('report.division')}
      name={divisions.name(here)}
      value={here}
      choices={choices}
      onChoose={(code) => set({ division: code === divisions.root.code ? null : code })}
    />
  );
};

const PickPeriod = () => {
  const text = useText();
  const { t } = text;
  const { view, set } = useView();
  const { report } = useReport();
  const today = useToday();
  const nameOf = (period: Period) => {
    const words = periodWords(period, text);
    return (datesOf(period)?.until ?? '') > today ? t('report.running', { period: words }) : words;
  };
  return (
    <Pick
      what={t('report.period')}
      name={nameOf(view.period)}
      value={view.period}
      choices={stretchesOf(report.key, today).map((period) => ({ value: period, label: nameOf(period) }))}
      onChoose={(period) => set({ period: Period.parse(period) })}
    />
  );
};

/** By which record the past is read; a running report may be fixed at its instant, so that its link stays what it was. */
const PickRecord = () => {
  const { t } = useText();
  const { view, set } = useView();
  const first = useFirstAnswer();
  const nameOf = (known: Known) => t(`report.known.${known}`);
  if (view.at === null)
    return (
      <Button title={t('report.fixHint')} disabled={!first} onClick={() => set({ at: first?.asOf, known: 'then' })}>
        <Pin aria-hidden />
        {t('report.fix')}
      </Button>
    );
  return (
    <Pick
      what={t('report.record')}
      name={nameOf(view.known)}
      value={view.known}
      choices={knowns.map((known) => ({ value: known as string, label: nameOf(known) }))}
      onChoose={(known) => set({ known: Known.parse(known) })}
    />
  );
};

/** Opens the form of a report of one's own, and closes it; somebody else's is kept as one's own. */
const Edit = () => {
  const { t } = useText();
  const { saved, draft, setDraft } = useOwn();
  if (!saved) return null;
  const { name, isShared, blocks } = saved;
  return (
    <Button
      aria-pressed={draft !== null}
      onClick={() => setDraft(draft ? null : { name, isShared, blocks })}
      data-edit=""
    >
      <Pencil aria-hidden />
      {t(draft ? 'report.editDone' : 'report.edit')}
    </Button>
  );
};

/** What is reported, and what may be done with it; not on paper. */
export const Bar = () => {
  const { t, lang, setLang } = useText();
  const { view } = useView();
  const { saved } = useOwn();
  const other = lang === 'zh' ? 'en' : 'zh';
  const { report } = useReport();
  const { division, period, at, known } = view;
  const page = saved ? pageOfOwn(saved) : report.key;
  return (
    <header className={styles.bar} data-bar="">
      <a className={styles.back} href={`/mid${queryOf({ division, period: emptyView.period, at, known })}`}>
        {t('report.desk')}
      </a>
      <PickReport />
      <PickDivision />
      <PickPeriod />
      <Dates />
      <PickRecord />
      <span className={styles.end}>
        <Button kind="quiet" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLang(other)}>
          {t(`common.language.${other}`)}
        </Button>
        <Edit />
        {page !== newPage && (
          <ExportButton what={{ kind: 'report', page, place: { division, period, at, known } }} panel="report" />
        )}
        <Button kind="primary" onClick={() => window.print()}>
          <Printer aria-hidden />
          {t('report.print')}
        </Button>
      </span>
    </header>
  );
};
