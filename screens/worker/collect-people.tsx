'use client';

import { useState } from 'react';
import { useText } from '@/components/feed/text';
import { PersonAdd, PersonChange, type SheetPerson } from '@/data/model/collection';
import { tell } from './collect-draft';
import { CollectNew } from './collect-new';
import { type Part, RecordRow, tellAs, ValueInput } from './collect-part';
import styles from './screen.module.css';

type RowProps = Part & { person: SheetPerson };

const Row = ({ person, draft, change, told, changed }: RowProps) => {
  const { t, term, words } = useText();
  const { key, stamp, name, sex, ageBand, relation, since } = person;
  const record = { kind: 'person' as const, key, stamp };
  const item = told.get(`person ${key}`);
  const [isOpen, setOpen] = useState(false);
  const values = item?.told === 'resident' ? item.values : {};
  const [phone, setPhone] = useState(values.phone ?? '');
  const put = (next: PersonChange) =>
    change({
      ...draft,
      shown: { ...draft.shown, [`person ${key}`]: { told: 'resident', ...record, values: next } },
    });
  const act = (which: 'confirm' | 'gone') => () => {
    setOpen(false);
    change(tell(draft, tellAs(which, record)));
  };
  return (
    <RecordRow
      name={`person ${key}`}
      title={name}
      words={[term('sex', sex), term('age-band', ageBand), term('residence-relation', relation), since]}
      isChanged={changed.has(`person ${key}`)}
      acts={[
        { key: 'confirm', label: t('collection.act.confirm'), isOn: item?.told === 'confirm', act: act('confirm') },
        { key: 'gone', label: t('collection.act.left'), isOn: item?.told === 'gone', act: act('gone') },
        {
          ...{ key: 'change', label: t('collection.act.change'), isOn: item?.told === 'resident' },
          act: () => setOpen(!isOpen),
        },
      ]}
    >
      {isOpen && (
        <>
          <ValueInput
            label={t('collection.value.relation')}
            name="relation"
            value={values.relation ?? relation}
            list={words('residence-relation')}
            onWrite={(text) => put({ ...values, relation: text })}
          />
          <ValueInput
            label={t('collection.value.phone')}
            name="phone"
            isNumber
            value={phone}
            onWrite={(text) => {
              setPhone(text);
              const next = { ...values, phone: text };
              if (PersonChange.safeParse(next).success) put(next);
            }}
          />
        </>
      )}
    </RecordRow>
  );
};

/** Who is registered behind the door, masked, and who is new. */
export const CollectPeople = (part: Part) => {
  const { t, words } = useText();
  const { door, draft, change } = part;
  return (
    <>
      {door.people.length === 0 && <p className={styles.empty}>{t('collection.person.none')}</p>}
      <ul className={styles.tasks}>
        {door.people.map((person) => (
          <Row key={person.key} person={person} {...part} />
        ))}
      </ul>
      <CollectNew
        kind="person"
        draft={draft}
        change={change}
        fields={[
          { name: 'name', word: 'person_name' },
          { name: 'id_number', isUpper: true },
          { name: 'phone', isNumber: true },
          { name: 'relation', list: words('residence-relation'), first: '2' },
          { name: 'population_type', list: words('population-type'), first: '2' },
        ]}
        parse={(values) => {
          const parsed = PersonAdd.safeParse({ ...values, phone: values.phone || null });
          return parsed.success ? { told: 'person', kind: 'person', values: parsed.data } : null;
        }}
      />
    </>
  );
};
