'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useUploads } from '@/components/feed/upload-provider';
import type { SpecialField } from '@/data/model/collection';
import { BuildingFind } from './building-find';
import own from './collect.module.css';
import { ValueInput } from './collect-part';
import styles from './screen.module.css';

/** Leads to what one's own line collects at a building (专业采集). */
export const SpecialCall = ({ onOpen }: { onOpen: () => void }) => {
  const { t } = useText();
  return (
    <section className={styles.call} data-special="">
      <div className={own.call}>
        <h2>{t('collection.special.title')}</h2>
        <button type="button" className={styles.go} onClick={onOpen}>
          {t('collection.go')}
        </button>
      </div>
    </section>
  );
};

type Value = boolean | number;
type FieldProps = { field: SpecialField; value: Value | undefined; onTell: (value: Value | undefined) => void };

const Field = ({ field, value, onTell }: FieldProps) => {
  const { t, lang } = useText();
  const told = value ?? field.value;
  const label = field[lang];
  if (field.answer === 'number')
    return (
      <ValueInput
        label={label}
        name={field.code}
        isNumber
        value={told === null ? '' : String(told)}
        onWrite={(text) => onTell(/^\d+$/.test(text) ? Number(text) : undefined)}
      />
    );
  return (
    <fieldset className={own.record} data-field={field.code}>
      <legend className={styles.label}>{label}</legend>
      <div className={own.acts}>
        {[true, false].map((answer) => (
          <button
            key={String(answer)}
            type="button"
            className={own.choice}
            aria-pressed={told === answer}
            data-answer={answer}
            onClick={() => onTell(answer)}
          >
            {t(answer ? 'collection.special.yes' : 'collection.special.no')}
          </button>
        ))}
      </div>
    </fieldset>
  );
};

type Place = { code: string; name: string };
type FormProps = { place: Place; department: string; post: string; onDone: () => void };

/** The fields of the department's lines at a building, as they were last told. */
const Form = ({ place, department, post, onDone }: FormProps) => {
  const { t, term } = useText();
  const api = useTRPC();
  const { add } = useUploads();
  const fields = useQuery(api.collection.form.queryOptions({ building: place.code, department })).data;
  const [values, setValues] = useState<Record<string, Value>>({});
  const tell = (code: string) => (value: Value | undefined) => {
    const { [code]: _before, ...others } = values;
    setValues(value === undefined ? others : { ...others, [code]: value });
  };
  const n = Object.keys(values).length;
  const send = async () => {
    await add({
      ...{ key: crypto.randomUUID(), post, at: Date.now(), title: place.name, photos: [], refused: null },
      ...{ kind: 'special', input: { building: place.code, department, values } },
    });
    onDone();
  };
  const lines = [...new Set(fields?.map(({ line }) => line))];
  return (
    <>
      <h2 className={styles.heading}>{place.name}</h2>
      <p className={styles.sub}>{lines.map((line) => term('specialised-grid', line)).join(' · ')}</p>
      {fields?.length === 0 && <p className={styles.empty}>{t('collection.special.none')}</p>}
      {fields?.map((field) => (
        <Field key={field.code} field={field} value={values[field.code]} onTell={tell(field.code)} />
      ))}
      <div className={styles.foot}>
        <button type="button" className={styles.main} data-send="" disabled={n === 0} onClick={() => void send()}>
          {t('collection.special.send', { n })}
        </button>
      </div>
    </>
  );
};

type SpecialProps = { department: string | null; post: string; onBack: () => void };

/** What a specialised worker collects: the fields of the own lines at a building and nothing else (专业采集). */
export const Special = ({ department, post, onBack }: SpecialProps) => {
  const { t, lang } = useText();
  const [place, setPlace] = useState<Place | null>(null);
  return (
    <section className={styles.page} data-panel="worker-special" data-state="ready">
      <button type="button" className={styles.back} onClick={() => (place ? setPlace(null) : onBack())}>
        <ChevronLeft aria-hidden />
        {t(place ? 'collection.buildings' : 'collection.back')}
      </button>
      {place && department ? (
        <Form place={place} department={department} post={post} onDone={() => setPlace(null)} />
      ) : (
        <>
          <h2 className={styles.heading}>{t('collection.special.title')}</h2>
          <p className={styles.sub}>{t(department ? 'collection.special.hint' : 'collection.special.department')}</p>
          {department && (
            <>
              <h3 className={styles.label}>{t('collection.special.find')}</h3>
              <BuildingFind
                onChoose={({ code, name, nameEn }) => setPlace({ code, name: lang === 'zh' ? name : nameEn })}
              />
            </>
          )}
        </>
      )}
    </section>
  );
};
