'use client';

import { useState } from 'react';
import { useText } from '@/components/feed/text';
import { EntityAdd, EntityChange, EntityMove, type SheetEntity } from '@/data/model/collection';
import { type KnownItem, tell } from './collect-draft';
import { CollectNew } from './collect-new';
import { type Part, RecordRow, tellAs, ValueInput } from './collect-part';
import styles from './screen.module.css';

type RowProps = Part & { entity: SheetEntity };

const Row = ({ entity, draft, change, told, changed }: RowProps) => {
  const { t, term, words } = useText();
  const { key, stamp, name, industry, nEmployees } = entity;
  const record = { kind: 'entity' as const, key, stamp };
  const item = told.get(`entity ${key}`);
  const [open, setOpen] = useState<'change' | 'move' | null>(null);
  const values = item?.told === 'trade' ? item.values : {};
  const [address, setAddress] = useState(item?.told === 'move' ? item.values.address : '');
  const put = (next: KnownItem) => change({ ...draft, shown: { ...draft.shown, [`entity ${key}`]: next } });
  const putTrade = (next: EntityChange) =>
    EntityChange.safeParse(next).success && put({ told: 'trade', ...record, values: next });
  const act = (which: 'confirm' | 'gone') => () => {
    setOpen(null);
    change(tell(draft, tellAs(which, record)));
  };
  const opener = (which: 'change' | 'move') => () => setOpen(open === which ? null : which);
  return (
    <RecordRow
      name={`entity ${key}`}
      title={name}
      words={[term('industry', industry), t('collection.entity.employees', { n: nEmployees })]}
      isChanged={changed.has(`entity ${key}`)}
      acts={[
        { key: 'confirm', label: t('collection.act.confirm'), isOn: item?.told === 'confirm', act: act('confirm') },
        { key: 'gone', label: t('collection.act.closed'), isOn: item?.told === 'gone', act: act('gone') },
        { key: 'move', label: t('collection.act.moved'), isOn: item?.told === 'move', act: opener('move') },
        { key: 'change', label: t('collection.act.change'), isOn: item?.told === 'trade', act: opener('change') },
      ]}
    >
      {open === 'move' && (
        <ValueInput
          label={t('collection.value.address')}
          name="address"
          value={address}
          onWrite={(text) => {
            setAddress(text);
            const parsed = EntityMove.safeParse({ address: text });
            if (parsed.success) put({ told: 'move', ...record, values: parsed.data });
          }}
        />
      )}
      {open === 'change' && (
        <>
          <ValueInput
            label={t('collection.value.industry')}
            name="industry"
            value={values.industry ?? industry}
            list={words('industry')}
            onWrite={(text) => putTrade({ ...values, industry: text })}
          />
          <ValueInput
            label={t('collection.value.n_employees')}
            name="n_employees"
            isNumber
            value={String(values.n_employees ?? nEmployees)}
            onWrite={(text) => putTrade({ ...values, n_employees: Number(text) })}
          />
        </>
      )}
    </RecordRow>
  );
};

/** What operates behind the door, and what is new there. */
export const CollectEntities = (part: Part) => {
  const { t, words } = useText();
  const { door, draft, change } = part;
  return (
    <>
      {door.entities.length === 0 && <p className={styles.empty}>{t('collection.entity.none')}</p>}
      <ul className={styles.tasks}>
        {door.entities.map((entity) => (
          <Row key={entity.key} entity={entity} {...part} />
        ))}
      </ul>
      <CollectNew
        kind="entity"
        draft={draft}
        change={change}
        fields={[
          { name: 'name', word: 'entity_name' },
          { name: 'credit_code', isUpper: true },
          { name: 'entity_type', list: words('entity-type'), first: '2' },
          { name: 'industry', list: words('industry'), first: words('industry')[0]?.code ?? '' },
          { name: 'n_employees', isNumber: true, first: '1' },
        ]}
        parse={(values) => {
          const parsed = EntityAdd.safeParse({ ...values, n_employees: Number(values.n_employees) });
          return parsed.success ? { told: 'entity', kind: 'entity', values: parsed.data } : null;
        }}
      />
    </>
  );
};
