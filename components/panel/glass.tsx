'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Metric } from '@/data/metrics/metric';
import type { Ask } from '@/data/model/ask';
import { Figure, type Shown, shownBy } from '../base/figure';
import { formatStamp } from '../base/format';
import { Popup } from '../base/popup';
import { useShortcut } from '../base/shortcut';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useView } from '../feed/view';
import { askOf } from './ask-of';
import { CardFacts, CardSection } from './card';
import { useClauseWords } from './clause-words';
import { useCodeWord } from './code-word';
import { PickLine } from './event-line';
import styles from './glass.module.css';
import { LineageSection } from './lineage';
import { MetricFacts, MetricFormula } from './metric-facts';
import { WhySection } from './why';
import { whyAskOf } from './why-ask';

const words = (name: string) => `panel.glass.${name}`;

/** What a press on it does already: a figure inside is explained by the menu key or by `I` alone. */
const pressed = 'a,button,label,summary,[role="button"],[role="row"],[role="option"],[role="tab"],[role="slider"]';
const mostRows = 50;

const useMetric = (key: string | undefined): Metric | undefined => {
  const api = useTRPC();
  const options = { staleTime: Number.POSITIVE_INFINITY, enabled: key !== undefined };
  const { data } = useQuery(api.metric.catalogue.queryOptions(undefined, options));
  return data?.find((metric) => metric.key === key);
};

const Parts = ({ answer, cell }: Shown) => {
  const { t, lang } = useText();
  const isRatio = answer.kind === 'rate' || answer.kind === 'mean';
  return (
    <dl className={styles.parts}>
      <div>
        <dt>{t(words('value'))}</dt>
        <dd className={styles.value}>
          <Figure answer={answer} cell={cell} />
        </dd>
      </div>
      {isRatio &&
        (['numerator', 'denominator'] as const).map((part) => (
          <div key={part}>
            <dt>{t(`common.glass.${part}`)}</dt>
            <dd>
              <Figure answer={answer} cell={cell} part={part} />
            </dd>
          </div>
        ))}
      {cell?.n != null && (
        <div>
          <dt>{t(words('rowsBehind'))}</dt>
          <dd>{cell.n.toLocaleString(lang)}</dd>
        </div>
      )}
    </dl>
  );
};

/** Where, when and of what the figure is counted. */
const Scope = ({ shown: { answer, cell }, ask }: { shown: Shown; ask: Ask | null }) => {
  const { t, lang, installation } = useText();
  const divisions = useDivisions();
  const codeWord = useCodeWord();
  const clauseWords = useClauseWords();
  const stamp = (instant: string) => formatStamp(new Date(instant), installation?.timeZone ?? 'UTC', lang);
  const codes = Object.entries(cell?.at ?? {}).map(
    ([dimension, code]) => `${t(`common.dimension.${dimension}`)} ${codeWord(dimension, code)}`,
  );
  const filters = (ask?.question.filters ?? []).map(clauseWords);
  const lines: [string, string | null][] = [
    ['division', ask ? (divisions.byCode(ask.question.division) ?? divisions.root).name : null],
    ['codes', codes.length > 0 ? codes.join(t('common.and')) : null],
    ['interval', answer.from ? `${stamp(answer.from)} – ${stamp(answer.to)}` : null],
    [
      'filters',
      filters.length > 0 ? filters.map(({ what, values }) => `${what} ${values.join('/')}`).join(' · ') : null,
    ],
    ['asOf', `${stamp(answer.asOf)}${ask?.question.known === 'then' ? ` · ${t(words('knownThen'))}` : ''}`],
    ['snapshot', answer.snapshot],
  ];
  return <CardFacts facts={lines.map(([name, text]) => [t(words(name)), text] as const)} />;
};

/** The rows themselves; one that is pressed is selected, so that the map goes there. */
const Rows = ({ ask, shown, fact, onClose }: { ask: Ask; shown: Shown; fact: string; onClose: () => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const { set } = useView();
  const { data, error } = useQuery(api.metric.rows.queryOptions({ ...ask, operators: [], at: shown.cell?.at ?? {} }));
  if (error) return <p>{t(`common.problem.${problemOf(error)}`)}</p>;
  if (!data) return <p>{t('common.state.waiting')}</p>;
  const rows = data.rows.slice(0, mostRows);
  const pick = (id: string) => {
    set({ selection: `${fact}:${id}` });
    onClose();
  };
  return (
    <div data-rows={data.total}>
      <p>{t(words('shownOf'), { shown: rows.length, total: data.total })}</p>
      {rows.map(({ id, numerator, denominator }) => (
        <PickLine
          key={id}
          name={id}
          detail={shown.answer.kind === 'count' ? '' : `${numerator} / ${denominator}`}
          onPick={() => pick(id)}
        />
      ))}
    </div>
  );
};

/** How the question is run: the rows behind it where they may be listed, and its SQL. */
const Counted = ({ ask, shown, onClose }: { ask: Ask; shown: Shown; onClose: () => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const { data } = useQuery(api.metric.explain.queryOptions(ask));
  if (!data) return null;
  const values = Object.entries(data.params).map(([name, value]) => `$${name} = ${value}`);
  return (
    <>
      <CardSection title={t(words('rows'))}>
        {data.isListed ? (
          <Rows ask={ask} shown={shown} fact={data.fact} onClose={onClose} />
        ) : (
          <p>{t(words('notListed'))}</p>
        )}
      </CardSection>
      <details className={styles.sql}>
        <summary>SQL</summary>
        <pre>{[data.sql, ...values].join('\n')}</pre>
      </details>
    </>
  );
};

type Opened = { shown: Shown; ask: Ask | null };

type ExplanationProps = Opened & { metric: Metric | undefined; onClose: () => void };

const Explanation = ({ shown, ask, metric, onClose }: ExplanationProps) => {
  const { t, lang } = useText();
  const why = ask && whyAskOf(ask, shown.cell?.at ?? {});
  return (
    <article className={styles.glass} data-glass={shown.answer.metric}>
      <p className={styles.meaning}>{metric?.meaning[lang]}</p>
      <Parts {...shown} />
      <CardSection title={t(words('scope'))}>
        <Scope shown={shown} ask={ask} />
      </CardSection>
      {metric && (
        <CardSection title={t('common.glass.formula')} caption={[metric.code, metric.key].filter(Boolean).join(' · ')}>
          <MetricFormula metric={metric} />
          <MetricFacts metric={metric} />
        </CardSection>
      )}
      {why && <WhySection ask={why} />}
      {ask && <LineageSection ask={ask} cell={shown.cell} />}
      {ask ? <Counted ask={ask} shown={shown} onClose={onClose} /> : <p>{t(words('several'))}</p>}
    </article>
  );
};

/** The figure at an element, or the one of a chart where its menu is asked for: a press there marks a stretch. */
const figureAt = (target: EventTarget | null, press: MouseEvent | null = null): Shown | undefined => {
  const kinds = press?.type === 'contextmenu' ? '[data-metric],[data-figures]' : '[data-metric]';
  const element = target instanceof Element ? target.closest(kinds) : null;
  return element ? shownBy(element, press) : undefined;
};

/** The figure the focus is at: in what has it, else in its panel. */
const figureAtFocus = (): Shown | undefined => {
  const focus = document.activeElement;
  const near = focus?.querySelector('[data-metric]') ?? focus?.closest('[data-panel]')?.querySelector('[data-metric]');
  return figureAt(near ?? null);
};

/**
 * Glass numbers (数字可查): a press on any figure tells what it means, how and of what it was counted. Figures on which a
 * press does something else, and those of charts, are asked by the menu press (right button, long touch) or by `I`.
 */
export const Glass = () => {
  const api = useTRPC();
  const client = useQueryClient();
  const { lang } = useText();
  const [open, setOpen] = useState<Opened | null>(null);
  const metric = useMetric(open?.shown.answer.metric);
  useEffect(() => {
    const tell = (event: MouseEvent) => {
      const shown = figureAt(event.target, event);
      const isTaken = event.type === 'click' && event.target instanceof Element && event.target.closest(pressed);
      if (!shown || isTaken || (event.target as Element).closest('[data-glass]')) return;
      event.preventDefault();
      setOpen({ shown, ask: askOf(client, api, shown) });
    };
    document.addEventListener('click', tell);
    document.addEventListener('contextmenu', tell);
    return () => {
      document.removeEventListener('click', tell);
      document.removeEventListener('contextmenu', tell);
    };
  }, [api, client]);
  useShortcut({
    i: () => {
      const shown = figureAtFocus();
      if (!shown) return false;
      setOpen({ shown, ask: askOf(client, api, shown) });
      return undefined;
    },
  });
  const close = () => setOpen(null);
  return (
    <Popup title={metric?.[lang] ?? ''} isOpen={open !== null} onClose={close}>
      {open && <Explanation {...open} metric={metric} onClose={close} />}
    </Popup>
  );
};
