'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { lookPurposes } from '@/data/model/audit';
import { careWindows } from '@/data/model/care';
import type { LngLat } from '@/data/model/geo';
import {
  type Condition,
  listOfCondition,
  metricOfTheme,
  type Theme,
  type ThemeSearch,
  themeAskOf,
  themeConditions,
  themePage,
  themeSearchOf,
} from '@/data/model/theme';
import { askedBy, type View } from '@/data/model/view';
import { Button } from '../base/button';
import { Figure } from '../base/figure';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { themeQuery } from '../feed/theme-query';
import { useTRPC } from '../feed/trpc';
import { fillMetric } from '../map/metric-encoding';
import { ExportButton } from '../panel/export-button';
import { definePanel } from '../panel/panel';
import { PurposeGate } from '../panel/purpose-gate';
import register from '../panel/register.module.css';
import { RowList } from '../panel/row-list';
import { useThemeColumns } from '../panel/theme-columns';
import styles from './theme-list.module.css';

const key = 'theme-list';

type Set = (patch: Partial<View>) => void;
type Choice = { code: string; label: string };
type Go = (patch: Partial<ThemeSearch>) => void;
type FieldProps = { search: ThemeSearch; name: Condition; go: Go };

/** The condition set to a value, or taken away. */
const withCondition = ({ conditions }: ThemeSearch, name: Condition, value: string): ThemeSearch['conditions'] => {
  const { [name]: _, ...rest } = conditions;
  return value === '' ? rest : { ...rest, [name]: value };
};

/** Words a condition may be set to. */
const useChoices = (name: Condition, { conditions }: ThemeSearch): Choice[] => {
  const { t, words } = useText();
  const groups = useQuery({ ...useTRPC().care.groups.queryOptions(), enabled: name === 'group' }).data ?? [];
  const said = (values: readonly string[], keyOf: (code: string) => string) =>
    values.map((code) => ({ code, label: t(keyOf(code)) }));
  if (name === 'kind') return said(['event', 'dispute'], (code) => `theme.value.kind.${code}`);
  if (name === 'state') return said(['open', 'all'], (code) => `theme.value.state.${code}`);
  if (name === 'window') return said(careWindows, (code) => `register.window.${code}`);
  if (name === 'categoryL1' && conditions.kind === 'dispute')
    return words('dispute-category').filter(({ parent }) => parent === null);
  const list = words(listOfCondition[name] ?? '');
  return name === 'group' ? list.filter(({ code }) => groups.includes(code)) : list;
};

/** Conditions that always say something: the first word is what is asked when none is chosen. */
const isAlwaysSaid = (name: Condition): boolean => ['kind', 'state', 'window'].includes(name);

const Choose = ({ search, name, go }: FieldProps) => {
  const { t } = useText();
  const choices = useChoices(name, search);
  const label = t(`theme.column.${name}`);
  const change = (value: string) => {
    const conditions = withCondition(search, name, value);
    // groups of events are no groups of disputes
    go({ conditions: name === 'kind' ? withCondition({ ...search, conditions }, 'categoryL1', '') : conditions });
  };
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <select
        data-condition={name}
        value={search.conditions[name] ?? (isAlwaysSaid(name) ? choices[0]?.code : '')}
        onChange={({ target }) => change(target.value)}
      >
        {!isAlwaysSaid(name) && <option value="">{t('theme.any')}</option>}
        {choices.map(({ code, label: word }) => (
          <option key={code} value={code}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
};

/** The last characters of a plate; searched when they are sent off. */
const Tail = ({ search, name, go }: FieldProps) => {
  const { t } = useText();
  const [text, setText] = useState(search.conditions[name] ?? '');
  const submit = (press: FormEvent) => {
    press.preventDefault();
    go({ conditions: withCondition(search, name, text) });
  };
  return (
    <form className={styles.field} onSubmit={submit}>
      <label htmlFor="theme-tail">{t(`theme.column.${name}`)}</label>
      <span className={styles.tail}>
        <input
          id="theme-tail"
          data-condition={name}
          value={text}
          maxLength={3}
          autoComplete="off"
          onChange={({ target }) => setText(target.value.toUpperCase().replace(/[^0-9A-Z]/g, ''))}
        />
        <Button kind="quiet" type="submit" aria-disabled={text.length === 1}>
          {t('theme.find')}
        </Button>
      </span>
    </form>
  );
};

type SearchProps = { search: ThemeSearch; open: readonly Theme[]; view: View; set: Set };

/** Which theme, what for, and the conditions of its own columns. */
const Bar = ({ search, open, set }: Omit<SearchProps, 'view'>) => {
  const { t } = useText();
  const go: Go = (patch) => set({ page: themePage({ ...search, ...patch }), selection: null });
  return (
    <div className={register.bar}>
      <div className={register.choices}>
        {open.map((theme) => (
          <Button
            key={theme}
            kind="quiet"
            data-theme-key={theme}
            aria-pressed={theme === search.theme}
            onClick={() => go({ theme, conditions: {} })}
          >
            {t(`theme.name.${theme}`)}
          </Button>
        ))}
        <select
          className={styles.purpose}
          aria-label={t('register.list.purpose')}
          value={search.purpose}
          onChange={({ target }) => go({ purpose: target.value as ThemeSearch['purpose'] })}
        >
          {lookPurposes.map((purpose) => (
            <option key={purpose} value={purpose}>
              {t(`register.purpose.${purpose}`)}
            </option>
          ))}
        </select>
      </div>
      <div className={register.choices}>
        {themeConditions[search.theme].map((name) => {
          const Field = name === 'tail' ? Tail : Choose;
          return <Field key={`${search.theme} ${name}`} {...{ search, name, go }} />;
        })}
      </div>
    </div>
  );
};

/** A building close enough to tell it from its neighbours; a grid, or an event in the open, with what lies around. */
const cameraAt = ([lng, lat]: LngLat, isBuilding: boolean): View['camera'] => ({
  ...{ lng, lat, zoom: isBuilding ? 16.5 : 14, pitch: 0, bearing: 0 },
});

const Found = ({ search, view, set }: Omit<SearchProps, 'open'>) => {
  const { t } = useText();
  const columns = useThemeColumns(search.theme);
  const { data, error, isPending } = useQuery(themeQuery(useTRPC(), view));
  const ask = themeAskOf(view);
  const rows = data?.rows ?? [];
  if (ask === null) return <p className={register.closed}>{t('register.list.live')}</p>;
  return (
    <>
      <RowList
        key={search.theme}
        kind={rows[0]?.kind ?? search.theme}
        label={t(`theme.name.${search.theme}`)}
        {...{ columns, rows, view, set }}
        alsoSet={({ position, building }) => (position ? { camera: cameraAt(position, building !== null) } : {})}
      />
      <p className={register.foot} role="status" data-told={data?.rows.length}>
        <span>
          {isPending && t('register.list.reading')}
          {error && t(`common.problem.${problemOf(error)}`)}
          {data && t(data.isCut ? 'theme.first' : rows.length > 0 ? 'theme.told' : 'theme.none', { n: rows.length })}
        </span>
        {rows.length > 0 && <ExportButton what={{ kind: 'theme', ask }} panel={key} />}
      </p>
    </>
  );
};

type CountedProps = { open: readonly Theme[]; view: View; set: Set };

/** How much each theme holds that is counted; the one chosen fills the map and is searched once it is said what for. */
const Counted = ({ open, view, set }: CountedProps) => {
  const { t, lang } = useText();
  const api = useTRPC();
  const counted = open.map((theme) => ({ theme, metric: metricOfTheme[theme] }));
  const answers = useQueries({
    queries: counted.map(({ metric }) => api.metric.ask.queryOptions({ metric, question: askedBy(key, view) })),
  });
  const filling = fillMetric(view, true);
  return (
    <div className={styles.counted}>
      <p>{t('theme.counted')}</p>
      <ul>
        {counted.map(({ theme, metric }, i) => {
          const answer = answers[i]?.data;
          return (
            <li key={theme}>
              <Button
                data-counted={theme}
                aria-pressed={metric === filling}
                onClick={() => set({ page: `theme.${theme}`, metric: null })}
              >
                {t(`theme.name.${theme}`)}
              </Button>
              {answer && <Figure answer={answer} hasUnit={lang === 'zh'} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
};

const Search = ({ open, view, set }: { open: Theme[]; view: View; set: Set }) => {
  const { t } = useText();
  const { purpose, ...wanted } = themeSearchOf(view);
  const isRefused = purpose !== null && !open.includes(wanted.theme);
  // a link may carry a search of another post: neither list nor map asks for it
  useEffect(() => {
    if (isRefused) set({ page: 'theme', selection: null });
  }, [isRefused, set]);
  if (open.length === 0) return <p className={register.closed}>{t('theme.closed')}</p>;
  const theme = open.includes(wanted.theme) ? wanted.theme : (open[0] ?? wanted.theme);
  if (purpose === null || isRefused) {
    const name = (named: ThemeSearch['purpose']) => set({ page: themePage({ theme, purpose: named, conditions: {} }) });
    return (
      <>
        <PurposeGate title={t('theme.gate')} hint={t('theme.gateHint')} onName={name} />
        <Counted {...{ open, view, set }} />
      </>
    );
  }
  const search = { ...wanted, purpose };
  return (
    <div className={register.list}>
      <Bar {...{ search, open, set }} />
      <Found {...{ search, view, set }} />
    </div>
  );
};

/** Rows of one store of the base data by its own columns, masked; each look at people is on record (主题库). */
export const themeList = definePanel({
  key,
  sizes: ['desk'],
  hasExport: true,
  ask: ({ api }) => ({ open: api.theme.open.queryOptions() }),
  draw: ({ data: { open }, view, set }) => <Search open={open} view={view} set={set} />,
});
