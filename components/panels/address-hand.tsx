'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { crsNames } from '@/data/model/address';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { FilePick } from '../base/file-pick';
import { ChoiceMenu } from '../base/menu';
import { useText } from '../feed/text';
import styles from '../panel/address.module.css';
import { definePanel } from '../panel/panel';
import { useAskedAgain } from '../panel/use-asked-again';

type Told = { line: number; zh: string; en: string };
type Refused = { code: string; zh?: string; en?: string; rows?: Told[] };

/** What the server says of a list it did not take. */
class NotTaken extends Error {
  readonly told: Refused;
  constructor(told: Refused) {
    super(told.code);
    this.told = told;
  }
}

const none = 'none';
const encodings = ['utf-8', 'gb18030'];
type Wish = { id: string; file: File; crs: string; encoding: string };

const send = async ({ id, file, crs, encoding }: Wish): Promise<string> => {
  const query = new URLSearchParams({ id, name: file.name.slice(0, 80), ...(crs === none ? {} : { crs }) });
  const answer = await fetch(`/api/address/list?${query}`, {
    ...{ method: 'POST', body: file },
    headers: { 'x-screen': 'mid', 'content-type': `text/csv; charset=${encoding}` },
  });
  if (answer.ok) return id;
  throw new NotTaken((await answer.json().catch(() => ({ code: 'unavailable' }))) as Refused);
};

const Failure = ({ error }: { error: unknown }) => {
  const { t, lang } = useText();
  const told = error instanceof NotTaken ? error.told : { code: 'unavailable' };
  return (
    <div role="alert">
      <p>{told[lang] ?? t(`common.problem.${told.code}`)}</p>
      <ul className={styles.faults}>
        {told.rows?.map((row) => (
          <li key={row.line} data-line={row.line}>
            {t('address.row.line', { line: row.line, why: row[lang] })}
          </li>
        ))}
      </ul>
    </div>
  );
};

const Hand = ({ set }: { set: (patch: Partial<View>) => void }) => {
  const { t } = useText();
  const again = useAskedAgain();
  const [file, setFile] = useState<File | null>(null);
  const [crs, setCrs] = useState(none);
  const [encoding, setEncoding] = useState('utf-8');
  const hand = useMutation({
    mutationFn: send,
    onSettled: again,
    onSuccess: (id) => set({ selection: `address:${id}` }),
  });
  const crsWord = (name: string) => (name === none ? t('address.hand.crsNone') : name);
  const menus = [
    { name: 'crs', value: crs, values: [none, ...crsNames], word: crsWord, choose: setCrs },
    { name: 'encoding', value: encoding, values: encodings, word: (name: string) => name, choose: setEncoding },
  ];
  return (
    <form
      className={styles.form}
      onSubmit={(submit) => {
        submit.preventDefault();
        if (file) hand.mutate({ id: crypto.randomUUID(), file, crs, encoding });
      }}
    >
      <FilePick label={t('address.hand.file')} words={t('common.chooseFile')} accept=".csv,text/csv" onPick={setFile} />
      <div className={styles.moves}>
        {menus.map(({ name, value, values, word, choose }) => (
          <ChoiceMenu
            key={name}
            label={t(`address.hand.${name}`)}
            value={value}
            choices={values.map((each) => ({ value: each, label: word(each) }))}
            onChoose={choose}
            className={styles.menu}
          >
            {t(`address.hand.${name}`)} · {word(value)}
            <ChevronDown aria-hidden />
          </ChoiceMenu>
        ))}
        <Button kind="primary" type="submit" disabled={file === null || hand.isPending}>
          {t(hand.isPending ? 'address.hand.sending' : 'address.hand.send')}
        </Button>
      </div>
      {hand.isError && <Failure error={hand.error} />}
      <p>{t('address.hand.note')}</p>
    </form>
  );
};

/** Hands in a list of addresses (交入名单): a CSV, and in which system its positions are. */
export const addressHand = definePanel({
  key: 'address-hand',
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ set }) => <Hand set={set} />,
});
