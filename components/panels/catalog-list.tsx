'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { dataClasses, type FieldList, type FieldRow } from '@/data/model/catalog';
import type { View } from '@/data/model/view';
import { ChoiceMenu } from '../base/menu';
import type { Column } from '../base/table';
import { useText } from '../feed/text';
import { useOwner } from '../panel/field-facts';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';
import styles from './catalog-list.module.css';

const key = 'catalog-list';
const words = (name: string) => `catalog.list.${name}`;

type Wish = { text: string; class: string; owner: string; standard: string };
const cuts = ['class', 'owner', 'standard'] as const;
const anything: Wish = { text: '', class: '', owner: '', standard: '' };

const tableOf = (id: string): string => id.split('.')[0] ?? '';

const fits = (wish: Wish, row: FieldRow, tables: FieldList['tables']): boolean => {
  const text = wish.text.trim().toLowerCase();
  const table = tables[tableOf(row.id)];
  const said = [row.id, row.zh, row.en.toLowerCase(), table?.zh ?? '', table?.en.toLowerCase() ?? ''];
  return cuts.every((cut) => wish[cut] === '' || row[cut] === wish[cut]) && said.some((word) => word.includes(text));
};

const useColumns = (tables: FieldList['tables']): Column<FieldRow>[] => {
  const { t, term, lang } = useText();
  const owner = useOwner();
  return [
    {
      key: 'name',
      head: t(words('name')),
      cell: (row) => <TwoLines title={row[lang]} note={`${tables[tableOf(row.id)]?.[lang]} · ${row.id}`} />,
    },
    {
      key: 'class',
      head: t(words('class')),
      width: '88px',
      cell: (row) => <span data-class={row.class}>{term('data-class', row.class)}</span>,
    },
    { key: 'owner', head: t(words('owner')), width: '150px', cell: (row) => owner(row.owner) },
  ];
};

type CutProps = {
  cut: (typeof cuts)[number];
  rows: readonly FieldRow[];
  value: string;
  onChoose: (to: string) => void;
};

const Cut = ({ cut, rows, value, onChoose }: CutProps) => {
  const { t, term } = useText();
  const owner = useOwner();
  const wordOf = (code: string): string => {
    if (code === '') return t(words('all'));
    return cut === 'owner' ? owner(code) : term(`data-${cut}`, code);
  };
  const codes = cut === 'class' ? [...dataClasses] : [...new Set(rows.map((row) => row[cut]))].sort();
  return (
    <ChoiceMenu
      label={t(words(cut))}
      value={value}
      choices={['', ...codes].map((code) => ({ value: code, label: wordOf(code) }))}
      onChoose={onChoose}
      className={styles.menu}
    >
      {t(words(cut))} · {wordOf(value)}
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};

type ListProps = { told: FieldList; view: View; set: (patch: Partial<View>) => void };

const List = ({ told: { fields, tables }, view, set }: ListProps) => {
  const { t } = useText();
  const columns = useColumns(tables);
  const [wish, setWish] = useState(anything);
  const rows = fields.filter((row) => fits(wish, row, tables));
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <input
          type="search"
          className={styles.search}
          aria-label={t(words('search'))}
          placeholder={t(words('search'))}
          value={wish.text}
          onChange={({ target }) => setWish({ ...wish, text: target.value })}
        />
        {cuts.map((cut) => (
          <Cut key={cut} cut={cut} rows={fields} value={wish[cut]} onChoose={(to) => setWish({ ...wish, [cut]: to })} />
        ))}
        <span className={styles.note} role="status" data-shown={rows.length}>
          {rows.length === 0 ? t(words('none')) : t(words('shown'), { n: rows.length, all: fields.length })}
        </span>
      </div>
      <RowList kind="catalog" label={t(`panel.${key}.title`)} {...{ columns, rows, view, set }} />
    </div>
  );
};

/** Every field of the store, found by name, class, owner and standard (数据资源目录). */
export const catalogList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ api }) => ({ told: api.catalog.list.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }) }),
  draw: ({ data: { told }, view, set }) => <List told={told} view={view} set={set} />,
});
