'use client';

import { useState } from 'react';
import type { PlanItem } from '@/data/model/assessment';
import { Button } from '../base/button';
import { ChoiceMenu } from '../base/menu';
import { useText } from '../feed/text';
import styles from './assess-entry.module.css';
import { useAssessWords } from './assess-words';

/** A line to fill in: points from 0 to 100, or words. */
type Input = { name: string; label: string; isPoints?: boolean };

type ItemFormProps = {
  kind: 'entry' | 'appeal';
  items: readonly PlanItem[];
  inputs: readonly Input[];
  action: string;
  /** What came of the last one. */
  answer: string;
  isPending: boolean;
  onSend: (item: string, values: Readonly<Record<string, string>>, clear: () => void) => void;
};

const isFilled = ({ isPoints }: Input, value = ''): boolean =>
  isPoints ? value !== '' && Number(value) >= 0 && Number(value) <= 100 : value.trim().length > 1;

/** Something said of one item of a plan: which one, and the words that go with it. */
export const ItemForm = ({ kind, items, inputs, action, answer, isPending, onSend }: ItemFormProps) => {
  const { t } = useText();
  const { itemName } = useAssessWords();
  const [item, setItem] = useState(items[0]);
  const [values, setValues] = useState<Record<string, string>>({});
  const isReady = inputs.every((input) => isFilled(input, values[input.name]));
  if (!item) return null;
  return (
    <form
      className={styles.form}
      {...{ [`data-${kind}`]: '' }}
      onSubmit={(submit) => {
        submit.preventDefault();
        if (isReady && !isPending) onSend(item.key, values, () => setValues({}));
      }}
    >
      <ChoiceMenu
        label={`${t('assess.item')}: ${itemName(item)}`}
        value={item.key}
        choices={items.map((each) => ({ value: each.key, label: itemName(each) }))}
        onChoose={(key) => setItem(items.find((each) => each.key === key))}
        className={styles.choice}
      >
        {itemName(item)}
      </ChoiceMenu>
      {inputs.map(({ name, label, isPoints }) => (
        <input
          key={name}
          className={styles.input}
          {...(isPoints ? { type: 'number', min: 0, max: 100, step: 'any' } : { maxLength: 200 })}
          aria-label={label}
          placeholder={label}
          value={values[name] ?? ''}
          onChange={({ target }) => setValues({ ...values, [name]: target.value })}
        />
      ))}
      <Button type="submit" aria-disabled={!isReady || isPending}>
        {action}
      </Button>
      <span role="status" className={styles.answer}>
        {answer}
      </span>
    </form>
  );
};
