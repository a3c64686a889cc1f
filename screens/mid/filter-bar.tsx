'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, IdCard, Link2, ListFilter } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/base/button';
import { Chip } from '@/components/base/chip';
import { Figure } from '@/components/base/figure';
import { formatStamp } from '@/components/base/format';
import { ChoiceMenu } from '@/components/base/menu';
import { periodWords } from '@/components/base/period-words';
import { useBrushed } from '@/components/feed/brush';
import { useDivisions } from '@/components/feed/divisions';
import { useKept } from '@/components/feed/kept';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView, withClause } from '@/components/feed/view';
import { ClassWords } from '@/components/map/class-words';
import { useClauseWords } from '@/components/panel/clause-words';
import { focusOf, partsOf, questionOf } from '@/components/panel/question';
import { type Clause, emptyView, Period, periods } from '@/data/model/view';
import { Breadcrumb } from './breadcrumb';
import styles from './filter-bar.module.css';
import { layersAt, placeOf } from './layout';

/** Values of a clause named before the rest is counted. */
const nNamed = 2;

type FilterChipProps = { what: string; values: string[]; onRemove: () => void };

const FilterChip = ({ what, values, onRemove }: FilterChipProps) => {
  const { t } = useText();
  const named = values.slice(0, nNamed).join(t('common.and'));
  const value = values.length > nNamed ? t('mid.andMore', { names: named, n: values.length }) : named;
  return (
    <Chip removeLabel={t('mid.remove', { what })} onRemove={onRemove}>
      {t('mid.chip', { what, value })}
    </Chip>
  );
};

const PeriodChip = () => {
  const text = useText();
  const { t } = text;
  const { view, set } = useView();
  const name = periodWords(view.period, text);
  return (
    <ChoiceMenu
      label={t('mid.chip', { what: t('mid.period'), value: name })}
      value={view.period}
      choices={periods.map((period) => ({ value: period, label: t(`common.period.${period}`) }))}
      onChoose={(period) => set({ period: Period.parse(period) })}
      className={styles.period}
    >
      {t('mid.chip', { what: t('mid.period'), value: name })}
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};

const Chips = () => {
  const { t, lang, installation } = useText();
  const { view, set } = useView();
  const divisions = useDivisions();
  const wordsOf = useClauseWords();
  const selected = partsOf(view.selection);
  const clauses = view.filters.filter(({ values }) => values.length > 0);
  const hasFilter = clauses.length > 0 || view.classes.length > 0;
  const hasAny = hasFilter || view.at !== null || view.period !== emptyView.period || selected !== null;
  return (
    <div className={styles.chips}>
      <PeriodChip />
      {view.at && (
        <Chip removeLabel={t('common.clock.backToLive')} onRemove={() => set({ at: null })}>
          {t('common.clock.asOfAt', { time: formatStamp(new Date(view.at), installation?.timeZone ?? 'UTC', lang) })}
        </Chip>
      )}
      {selected?.kind === 'division' && (
        <Chip removeLabel={t('mid.deselect')} onRemove={() => set({ selection: null })}>
          {t('mid.chip', { what: t('mid.selected'), value: divisions.name(selected.code) })}
        </Chip>
      )}
      {clauses.map((clause) => (
        <FilterChip
          key={`${clause.source}.${clause.field}`}
          {...wordsOf(clause)}
          onRemove={() => set({ filters: withClause(view, { ...clause, values: [] }) })}
        />
      ))}
      {view.classes.length > 0 && (
        <ClassWords size="desk" layers={layersAt(placeOf(view))}>
          {({ what, values, clear }) => <FilterChip what={what} values={values} onRemove={clear} />}
        </ClassWords>
      )}
      {hasAny && (
        <Button
          kind="quiet"
          onClick={() => set({ filters: [], classes: [], at: null, period: emptyView.period, selection: null })}
        >
          {t('common.action.clearAll')}
        </Button>
      )}
    </div>
  );
};

/** 命中 n / N: events under the filters, of all in that place and period. */
const Hits = () => {
  const api = useTRPC();
  const { t } = useText();
  const { view } = useView();
  const ask = (filters: Clause[]) =>
    api.metric.ask.queryOptions({
      metric: 'event.reported',
      question: { division: focusOf(view), period: view.period, at: view.at, known: view.known, filters },
    });
  const foundAsk = ask(questionOf('hits', view).filters);
  const brushed = useBrushed([foundAsk.queryKey], 'figure');
  const asked = useQuery(foundAsk).data;
  const found = useKept(new Map([['found', brushed(foundAsk.queryKey, asked)]])).get('found');
  const all = useQuery({ ...ask([]), placeholderData: keepPreviousData }).data;
  return (
    <span className={styles.hits} role="status" data-hits="">
      {t('mid.hits')} {found && <Figure answer={found} hasUnit={false} className={styles.found} />}
      {' / '}
      {all && <Figure answer={all} className={styles.all} />}
    </span>
  );
};

const CopyLink = () => {
  const { t } = useText();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href);
    setCopied(true);
  };
  return (
    <Button onClick={() => void copy()}>
      <Link2 aria-hidden />
      <span aria-live="polite">{t(isCopied ? 'common.action.linkCopied' : 'mid.copyLink')}</span>
    </Button>
  );
};

type FilterBarProps = {
  /** The page's panels follow the filters of figures. */
  hasFilters: boolean;
  /** Opens the facets where they have no column of their own; null = they have. */
  onFacets: (() => void) | null;
  /** Opens the card where it lies over the rest; null = it has a column. */
  onCard: (() => void) | null;
};

/** Where, what and when is looked at; how many events that leaves. */
export const FilterBar = ({ hasFilters, onFacets, onCard }: FilterBarProps) => {
  const { t } = useText();
  return (
    <div className={styles.bar}>
      <Breadcrumb />
      {hasFilters && (
        <>
          <i className={styles.rule} aria-hidden />
          <Chips />
        </>
      )}
      <div className={styles.end}>
        {hasFilters && <Hits />}
        {onFacets && (
          <Button onClick={onFacets}>
            <ListFilter aria-hidden />
            {t('mid.facets')}
          </Button>
        )}
        {onCard && (
          <Button onClick={onCard}>
            <IdCard aria-hidden />
            {t('mid.card')}
          </Button>
        )}
        <CopyLink />
      </div>
    </div>
  );
};
