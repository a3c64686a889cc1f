'use client';

import { useState } from 'react';
import { Button } from '@/components/base/button';
import { useText } from '@/components/feed/text';
import type { WhatIfChange } from '@/data/model/dispatch';
import type { Rule } from './rule-table';
import styles from './screen.module.css';

const words = (name: string) => `dispatch.whatif.${name}`;

const kinds = ['listed', 'unlisted', 'handle', 'moved', 'staffed'] as const;
type Kind = (typeof kinds)[number];
type Draft = { kind: Kind; category: string; department: string; hours: string };

/** A change in words. */
export const useChangeWords = () => {
  const { t, term, words: list } = useText();
  const groups = new Set(list('event-category-l1').map(({ code }) => code));
  return (change: WhatIfChange): string => {
    if (change.kind === 'staffed') return t(words('staffed'), { department: term('department', change.department) });
    if (change.kind === 'away') return change.worker;
    const name = change.categories
      .map((code) => term(groups.has(code) ? 'event-category-l1' : 'event-category', code))
      .join(' ');
    if (change.department) return t(words('moved'), { name, department: term('department', change.department) });
    if (change.handleHours) return t(words('handle'), { name, n: change.handleHours });
    return t(words(change.isListed ? 'listed' : 'unlisted'), { name });
  };
};

const changeOf = ({ kind, category, department, hours }: Draft): WhatIfChange | null => {
  if (kind === 'staffed') return department ? { kind, department } : null;
  const rule = { kind: 'rule' as const, categories: [category] };
  if (kind === 'moved') return department ? { ...rule, department } : null;
  if (kind === 'listed' || kind === 'unlisted') return { ...rule, isListed: kind === 'listed' };
  const handleHours = Number(hours);
  return Number.isInteger(handleHours) && handleHours > 0 && handleHours <= 8760 ? { ...rule, handleHours } : null;
};

type SelectProps = {
  name: string;
  label: string;
  value: string;
  choices: readonly { code: string; label: string }[];
  onChoose: (code: string) => void;
};

const Select = ({ name, label, value, choices, onChoose }: SelectProps) => (
  <label>
    {label}
    <select name={name} value={value} onChange={({ target }) => onChoose(target.value)}>
      {choices.map(({ code, label: shown }) => (
        <option key={code} value={code}>
          {shown}
        </option>
      ))}
    </select>
  </label>
);

/** Says what should have been otherwise: a list flag, a limit, a department, a line on shift at every hour. */
export const ChangeForm = ({ rules, onAdd }: { rules: readonly Rule[]; onAdd: (change: WhatIfChange) => void }) => {
  const { t, term, words: list } = useText();
  const groups = list('event-category-l1');
  const departments = list('department');
  const categories = [
    ...groups,
    ...rules.map(({ category }) => ({ code: category, label: `${category} ${term('event-category', category)}` })),
  ];
  const [draft, setDraft] = useState<Draft>({
    kind: 'unlisted',
    category: categories[0]?.code ?? '',
    department: departments[0]?.code ?? '',
    hours: '24',
  });
  const set = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch });
  const change = changeOf(draft);
  const kindChoices = kinds.map((code) => ({ code, label: t(words(`kind.${code}`)) }));
  const { kind } = draft;
  return (
    <div className={styles.filter} data-form="what-if">
      <Select
        name="kind"
        label={t(words('kind'))}
        value={kind}
        choices={kindChoices}
        onChoose={(code) => set({ kind: kinds.find((one) => one === code) ?? 'unlisted' })}
      />
      {kind !== 'staffed' && (
        <Select
          name="category"
          label={t('dispatch.rules.category')}
          value={draft.category}
          choices={categories}
          onChoose={(category) => set({ category })}
        />
      )}
      {(kind === 'staffed' || kind === 'moved') && (
        <Select
          name="department"
          label={t('dispatch.rules.department')}
          value={draft.department}
          choices={departments}
          onChoose={(department) => set({ department })}
        />
      )}
      {kind === 'handle' && (
        <label>
          {t(words('hours'))}
          <input
            type="number"
            name="hours"
            value={draft.hours}
            onChange={({ target }) => set({ hours: target.value })}
          />
        </label>
      )}
      <Button data-act="add" disabled={!change} onClick={() => change && onAdd(change)}>
        {t(words('add'))}
      </Button>
    </div>
  );
};
