'use client';

import { ChevronLeft } from 'lucide-react';
import { Fragment, useState } from 'react';
import { useText } from '@/components/feed/text';
import { useUploads } from '@/components/feed/upload-provider';
import type { LngLat } from '@/data/model/geo';
import { Corrections, type DoubtTask, endingKinds, type VisitResult, visitResults } from '@/data/model/verify';
import styles from './screen.module.css';
import own from './visit.module.css';
import { Words } from './words';

/** Columns whose values are words of a list, and those that are numbers. */
const lists: Readonly<Record<string, string>> = { sex: 'sex', house_use: 'house-use' };
const numbers = ['sex', 'floor'];

type Values = Record<string, unknown>;
type FieldProps = { name: string; value: unknown; onSet: (value: unknown) => void };

const Field = ({ name, value, onSet }: FieldProps) => {
  const { t, words } = useText();
  const list = lists[name];
  const told = (text: string) => onSet(text === '' ? undefined : numbers.includes(name) ? Number(text) : text);
  const shown = value === undefined ? '' : String(value);
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: one of two controls stands in it
    <label className={styles.label}>
      {t(`verify.value.${name}`)}
      {list ? (
        <select className={styles.text} data-value={name} value={shown} onChange={({ target }) => told(target.value)}>
          <option value="">—</option>
          {words(list).map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <input
          className={styles.text}
          data-value={name}
          type={name.endsWith('_on') ? 'date' : name === 'floor' ? 'number' : 'text'}
          value={shown}
          onChange={({ target }) => told(target.value)}
        />
      )}
    </label>
  );
};

type ChangeProps = { task: DoubtTask; place: LngLat | null; values: Values; setValues: (values: Values) => void };

/** What it is to be changed to: fields of the kind of record; of a building where it stands. */
const Change = ({ task, place, values, setValues }: ChangeProps) => {
  const { t } = useText();
  if (task.kind === 'building')
    return (
      <button
        type="button"
        className={styles.second}
        disabled={place === null}
        onClick={() => setValues({ position: place })}
      >
        {t(place === null ? 'verify.phone.noPosition' : 'verify.phone.here')}
        {values.position ? ' ✓' : ''}
      </button>
    );
  return Object.keys(Corrections[task.kind].shape).map((name) => (
    <Field
      key={name}
      name={name}
      value={values[name]}
      onSet={(value) => {
        const { [name]: _before, ...others } = values;
        setValues(value === undefined ? others : { ...others, [name]: value });
      }}
    />
  ));
};

type VisitFormProps = { task: DoubtTask; spot: string; place: LngLat | null; post: string; onDone: () => void };

/** What somebody found on the spot: one tap for the result, values where something is to be changed (现场核查). */
export const VisitForm = ({ task, spot, place, post, onDone }: VisitFormProps) => {
  const { t, term } = useText();
  const { add } = useUploads();
  const [result, setResult] = useState<VisitResult | null>(null);
  const [values, setValues] = useState<Values>({});
  const [note, setNote] = useState('');
  const results = visitResults.filter((one) => one !== 'gone' || endingKinds.includes(task.kind));
  const isSound =
    result !== 'changed' ||
    (Object.keys(values).length > 0 && Corrections[task.kind].partial().safeParse(values).success);
  const send = () => {
    if (result === null) return;
    const { id, version, stamp } = task;
    const input = { id, version, stamp, result, values: result === 'changed' ? values : {}, note };
    const item = { key: crypto.randomUUID(), post, at: Date.now(), photos: [], refused: null };
    void add({ ...item, title: term('doubt-rule', task.rule), kind: 'visit', input }).then(onDone);
  };
  return (
    <section className={styles.page} data-panel="worker-visit" data-state="ready">
      <button type="button" className={styles.back} onClick={onDone}>
        <ChevronLeft aria-hidden />
        {t('verify.phone.title')}
      </button>
      <h2 className={styles.heading}>{term('doubt-rule', task.rule)}</h2>
      {task.address && <p className={styles.sub}>{task.address}</p>}
      <dl className={styles.facts}>
        {task.facts.map(({ name, value, list }) => (
          <Fragment key={name}>
            <dt>{t(`verify.fact.${name}`)}</dt>
            <dd>{list ? term(list, value) : value}</dd>
          </Fragment>
        ))}
      </dl>
      <p className={styles.reason}>{spot}</p>
      <h3 className={styles.label}>{t('verify.phone.result')}</h3>
      <div className={own.results}>
        {results.map((one) => (
          <button
            key={one}
            type="button"
            className={own.result}
            aria-pressed={result === one}
            data-result={one}
            onClick={() => setResult(one)}
          >
            {t(`verify.result.${one}`)}
          </button>
        ))}
      </div>
      {result === 'changed' && (
        <>
          <h3 className={styles.label}>{t('verify.phone.values')}</h3>
          <Change task={task} place={place} values={values} setValues={setValues} />
        </>
      )}
      <Words label={t('verify.phone.note')} value={note} onWrite={setNote} />
      <div className={styles.foot}>
        <button type="button" className={styles.main} disabled={result === null || !isSound} onClick={send}>
          {t('verify.phone.send')}
        </button>
      </div>
    </section>
  );
};
