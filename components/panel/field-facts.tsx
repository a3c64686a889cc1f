'use client';

import { useQuery } from '@tanstack/react-query';
import type { FieldCard } from '@/data/model/catalog';
import { formatValue } from '@/data/model/format';
import type { View } from '@/data/model/view';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useView } from '../feed/view';
import { CardFacts, CardFigures, CardSection } from './card';
import styles from './field-facts.module.css';
import { questionOf } from './question';

const words = (name: string) => `catalog.card.${name}`;

/** Who answers for a field: a department, or a role that keeps the installation. */
export const useOwner = () => {
  const { term } = useText();
  return (owner: string): string => term(/^R\d/.test(owner) ? 'role' : 'department', owner);
};

/** What share of the rows in one's sight has it, and how right it is where a metric says so. */
const Filled = ({ field, view }: { field: FieldCard; view: View }) => {
  const api = useTRPC();
  const { t, lang } = useText();
  const { data, error } = useQuery({ ...api.catalog.filled.queryOptions({ id: field.id }), retry: false });
  const question = questionOf('catalog-card', view);
  const quality = useQuery({
    ...api.metric.ask.queryOptions({ metric: field.quality ?? '', dimensions: [], question }),
    enabled: field.quality !== null,
  }).data;
  const isNobodys = field.readers === 'nobody';
  return (
    <>
      {error && !isNobodys && <p className={styles.note}>{t(`common.problem.${problemOf(error)}`)}</p>}
      {isNobodys && <p className={styles.note}>{t(words('uncounted'))}</p>}
      {data === null && <p className={styles.note}>{t(words('few'))}</p>}
      {data?.of === 0 && <p className={styles.note}>{t(words('noRows'))}</p>}
      {data && data.of > 0 && (
        <p className={styles.filled} data-filled={data.n} data-rows={data.of}>
          <span>{t(words('filled'))}</span>
          <b>{formatValue({ unit: 'share', decimals: 1 }, data.n / data.of, lang).digits}%</b>
          <span className={styles.note}>
            {t(words('ofRows'), { n: data.n.toLocaleString(lang), of: data.of.toLocaleString(lang) })}
          </span>
        </p>
      )}
      {field.quality !== null && (
        <CardFigures figures={[{ key: field.quality, label: t(words('quality')), answer: quality }]} />
      )}
    </>
  );
};

/** Metrics whose formula rests on it; one that is pressed is opened in the explorer. */
const Uses = ({ field, onMetric }: { field: FieldCard; onMetric: ((metric: string) => void) | null }) => {
  const api = useTRPC();
  const { t, lang } = useText();
  const { data } = useQuery(api.metric.catalogue.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const nameOf = (key: string) => data?.find((metric) => metric.key === key)?.[lang] ?? key;
  return (
    <>
      {field.metrics.length === 0 && <p className={styles.note}>{t(words('unused'))}</p>}
      <ul className={styles.uses}>
        {field.metrics.map((key) => (
          <li key={key}>
            {onMetric ? (
              <button type="button" data-use={key} onClick={() => onMetric(key)}>
                {nameOf(key)}
              </button>
            ) : (
              nameOf(key)
            )}
          </li>
        ))}
      </ul>
      {field.splits.length > 0 && <p className={styles.note}>{t(words('splits'), { n: field.splits.length })}</p>}
    </>
  );
};

type FactsProps = { field: FieldCard; onMetric: ((metric: string) => void) | null };

/** Where a field comes from, why, who answers for it, its class, who sees it, how long it stays, how full it is. */
export const FieldFacts = ({ field, onMetric }: FactsProps) => {
  const { t, term, lang } = useText();
  const { view } = useView();
  const owner = useOwner();
  const kept = field.rules.map(({ code, days, from, why }) => {
    const time = days === null ? null : t(words('days'), { n: days, from: from[lang] });
    return [term('retention', code), [time, why[lang]].filter(Boolean).join(lang === 'zh' ? '。' : '. ')] as const;
  });
  return (
    <>
      <CardSection title={t(words('where'))}>
        <CardFacts
          facts={[
            [t(words('purpose')), field.purpose[lang]],
            [t(words('origin')), field.origin.map((code) => term('data-origin', code)).join(t('common.and'))],
            [t(words('owner')), owner(field.owner)],
            [t(words('standard')), term('data-standard', field.standard)],
          ]}
        />
      </CardSection>
      <CardSection title={t(words('class'))}>
        <CardFacts
          facts={[
            [t(words('level')), term('data-class', field.class)],
            [t(words('handling')), field.handling[lang]],
            [t(words('readers')), t(`catalog.readers.${field.readers}`)],
          ]}
        />
      </CardSection>
      <CardSection title={t(words('kept'))}>
        <CardFacts facts={kept} />
      </CardSection>
      <CardSection title={t(words('fill'))}>
        <Filled key={field.id} field={field} view={view} />
      </CardSection>
      <CardSection title={t(words('used'))} caption={t(words('nUsed'), { n: field.metrics.length })}>
        <Uses field={field} onMetric={onMetric} />
      </CardSection>
    </>
  );
};
