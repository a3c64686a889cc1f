'use client';

import { useMemo, useState } from 'react';
import { LevelMark } from '@/components/base/level-mark';
import { type Column, Table } from '@/components/base/table';
import { useLocalDay } from '@/components/feed/local-day';
import { useText } from '@/components/feed/text';
import type { Outputs } from '@/components/feed/trpc';
import styles from './screen.module.css';

const words = (name: string) => `dispatch.rules.${name}`;
export type Rule = Outputs['dispatch']['rules'][number];

const useColumns = (): Column<Rule>[] => {
  const { t, term } = useText();
  const localDay = useLocalDay();
  const yes = (is: boolean) => t(words(is ? 'yes' : 'no'));
  const number = (key: string, width: string, value: (rule: Rule) => number | null): Column<Rule> => ({
    ...{ key, head: t(words(key)), width, align: 'end' as const },
    cell: (rule) => value(rule) ?? '—',
  });
  return [
    {
      key: 'level',
      head: t(words('level')),
      width: '48px',
      cell: ({ level }) => <LevelMark level={level} size="20px" />,
    },
    {
      key: 'category',
      head: t(words('category')),
      cell: (rule) => (
        <span className={styles.what}>
          <b>{term('event-category', rule.category)}</b>
          <small>
            {rule.category}
            {rule.next && ` · ${t(words('next'), { date: localDay(rule.next.from) })}`}
          </small>
        </span>
      ),
    },
    number('accept', '84px', (rule) => rule.acceptMinutes),
    number('handle', '84px', (rule) => rule.handleHours),
    {
      key: 'department',
      head: t(words('department')),
      width: '120px',
      cell: ({ department }) => (department ? term('department', department) : '—'),
    },
    { key: 'listed', head: t(words('listed')), width: '56px', cell: ({ isListed }) => yes(isListed) },
    { key: 'auto', head: t(words('auto')), width: '64px', cell: ({ isAuto }) => yes(isAuto) },
  ];
};

type TableProps = { rules: readonly Rule[]; chosen: string | null; onChoose: (category: string) => void };

/** Every category with its rule, by group and by words. */
export const RuleTable = ({ rules, chosen, onChoose }: TableProps) => {
  const { t, term, words: list } = useText();
  const columns = useColumns();
  const [group, setGroup] = useState('');
  const [text, setText] = useState('');
  const rows = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return rules.filter(
      ({ category, parent }) =>
        (group === '' || parent === group) &&
        (wanted === '' || `${category} ${term('event-category', category)}`.toLowerCase().includes(wanted)),
    );
  }, [rules, group, text, term]);
  const at = rows.findIndex(({ category }) => category === chosen);
  return (
    <section className={styles.list}>
      <div className={styles.filter}>
        <label>
          {t(words('l1'))}
          <select value={group} onChange={({ target }) => setGroup(target.value)} name="group">
            <option value="">{t(words('all'))}</option>
            {list('event-category-l1').map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <input
          type="search"
          name="find"
          aria-label={t(words('find'))}
          placeholder={t(words('find'))}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <div className={styles.table} data-rules={rows.length}>
        <Table
          label={t(words('title'))}
          columns={columns}
          count={rows.length}
          rowAt={(index) => rows[index]}
          idOf={({ category }) => category}
          selectedIndex={at < 0 ? null : at}
          onSelect={({ category }) => onChoose(category)}
        />
      </div>
    </section>
  );
};
