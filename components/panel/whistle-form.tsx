'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../base/button';
import { CheckMenu, ChoiceMenu } from '../base/menu';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useAskedAgain } from './use-asked-again';
import styles from './whistle-form.module.css';

const words = (name: string) => `panel.desk-moves.whistle.${name}`;

type FormProps = { event: { id: string; version: number; department: string | null }; reason: string };

/** Blows a whistle for an event in hand: which kind, which departments, for the reason written above. */
export const WhistleForm = ({ event, reason }: FormProps) => {
  const api = useTRPC();
  const { t, term, words: list } = useText();
  const [kind, setKind] = useState('W1');
  const [departments, setDepartments] = useState(event.department ? [event.department] : []);
  const onSettled = useAskedAgain();
  const blow = useMutation(api.supervision.blow.mutationOptions({ onSettled }));
  const choices = (name: string) => list(name).map(({ code, label }) => ({ value: code, label }));
  const called = departments.map((code) => term('department', code)).join(' ');
  return (
    <div className={styles.form}>
      <ChoiceMenu
        label={t(words('kind'))}
        value={kind}
        choices={choices('whistle-type')}
        onChoose={setKind}
        className={styles.menu}
      >
        {term('whistle-type', kind)}
        <ChevronDown aria-hidden />
      </ChoiceMenu>
      <CheckMenu
        label={t(words('departments'))}
        choices={choices('department')}
        chosen={departments}
        onChange={setDepartments}
        className={styles.menu}
      >
        {called || t(words('departments'))}
        <ChevronDown aria-hidden />
      </CheckMenu>
      <Button
        data-move="S43"
        disabled={blow.isPending || departments.length === 0 || reason.trim().length < 2}
        onClick={() => blow.mutate({ eventId: event.id, version: event.version, kind, departments, reason })}
      >
        {t(words('blow'))}
      </Button>
      {blow.isError && <p role="status">{t(`common.problem.${problemOf(blow.error)}`)}</p>}
    </div>
  );
};
