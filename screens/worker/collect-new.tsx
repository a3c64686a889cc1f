'use client';

import { useState } from 'react';
import { useText } from '@/components/feed/text';
import own from './collect.module.css';
import type { Draft, NewItem } from './collect-draft';
import { ValueInput } from './collect-part';
import styles from './screen.module.css';

type Values = Record<string, string>;
type Field = {
  name: string;
  /** What it is called, where not by its name: text key `collection.value.<word>`. */
  word?: string;
  list?: readonly { code: string; label: string }[];
  /** Code that is chosen at first. */
  first?: string;
  isNumber?: boolean;
  isUpper?: boolean;
};

/** Brings what has opened into sight. */
const show = (node: HTMLElement | null) => node?.scrollIntoView({ block: 'start' });

type NewProps = {
  kind: 'person' | 'entity';
  draft: Draft;
  change: (draft: Draft) => void;
  fields: readonly Field[];
  /** The item the values make; null = they make none yet. */
  parse: (values: Values) => NewItem | null;
};

const firstOf = (fields: readonly Field[]): Values =>
  Object.fromEntries(fields.map(({ name, first = '' }) => [name, first]));

/** Who or what was not on the list: typed once, looked for on the register by the server. */
export const CollectNew = ({ kind, draft, change, fields, parse }: NewProps) => {
  const { t } = useText();
  const [values, setValues] = useState<Values | null>(null);
  const added = draft.added.filter((item) => item.kind === kind);
  const item = values && parse(values);
  return (
    <>
      {added.length > 0 && (
        <ul className={styles.tasks}>
          {added.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two of the same values may be told
            <li key={`${one.values.name} ${index}`} className={styles.task} data-added={kind}>
              <div className={styles.about}>
                <h3>{one.values.name}</h3>
                <p>{t('collection.new.matched')}</p>
              </div>
              <button
                type="button"
                className={styles.act}
                onClick={() => change({ ...draft, added: draft.added.filter((each) => each !== one) })}
              >
                {t('collection.new.drop')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {values === null ? (
        <button type="button" className={styles.more} data-new={kind} onClick={() => setValues(firstOf(fields))}>
          {t(`collection.new.${kind}`)}
        </button>
      ) : (
        <div ref={show} className={own.form} data-form={kind}>
          {fields.map(({ name, word = name, list, isNumber = false, isUpper = false }) => (
            <ValueInput
              key={name}
              name={name}
              label={t(`collection.value.${word}`)}
              value={values[name] ?? ''}
              isNumber={isNumber}
              {...(list ? { list } : {})}
              onWrite={(text) => setValues({ ...values, [name]: isUpper ? text.trim().toUpperCase() : text })}
            />
          ))}
          <div className={styles.pair}>
            <button type="button" className={styles.second} onClick={() => setValues(null)}>
              {t('collection.new.leave')}
            </button>
            <button
              type="button"
              className={styles.main}
              data-add=""
              disabled={item === null}
              onClick={() => {
                if (item) change({ ...draft, added: [...draft.added, item] });
                setValues(null);
              }}
            >
              {t('collection.new.add')}
            </button>
          </div>
        </div>
      )}
    </>
  );
};
