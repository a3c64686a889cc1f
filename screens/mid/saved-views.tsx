'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/base/button';
import { Checkbox } from '@/components/base/checkbox';
import { Popup } from '@/components/base/popup';
import { useDivisions } from '@/components/feed/divisions';
import { problemOf } from '@/components/feed/failure';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { deskPageOf } from '@/data/model/desk-page';
import { savedNameLength } from '@/data/model/saved-view';
import styles from './saved-views.module.css';

type Saved = Outputs['view']['list'][number];

/** Mutations of saved views; the list is asked for anew after each. */
const useViewChanges = () => {
  const api = useTRPC();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries(api.view.list.pathFilter());
  const save = useMutation(api.view.save.mutationOptions({ onSettled }));
  const rename = useMutation(api.view.rename.mutationOptions({ onSettled }));
  const remove = useMutation(api.view.remove.mutationOptions({ onSettled }));
  const failed = [save, rename, remove].find(({ isError }) => isError);
  return { save, rename, remove, problem: failed ? problemOf(failed.error) : null };
};
type Changes = ReturnType<typeof useViewChanges>;

const SaveForm = ({ save }: Pick<Changes, 'save'>) => {
  const { t } = useText();
  const { view } = useView();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const isNamed = name.trim() !== '';
  const submit = () => {
    if (isNamed && !save.isPending)
      save.mutate({ name, screen: 'mid', view, isShared }, { onSuccess: () => setName('') });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <input
        className={styles.name}
        aria-label={t('mid.views.name')}
        placeholder={t('mid.views.name')}
        maxLength={savedNameLength}
        value={name}
        onChange={(change) => setName(change.target.value)}
      />
      <Checkbox isChecked={isShared} label={t('mid.views.share')} onChange={setShared} className={styles.share}>
        <span>{t('mid.views.share')}</span>
      </Checkbox>
      <Button kind="primary" type="submit" aria-disabled={!isNamed || save.isPending}>
        {t('common.action.save')}
      </Button>
    </form>
  );
};

type RowProps = { saved: Saved; open: () => void } & Pick<Changes, 'rename' | 'remove'>;

/** One's own view: its name can be written over, shared or taken back, removed. */
const OwnRow = ({ saved, open, rename, remove }: RowProps) => {
  const { t } = useText();
  const [name, setName] = useState(saved.name);
  const { id, version, isShared } = saved;
  const change = (part: { name?: string; isShared?: boolean }) =>
    rename.mutate({ id, version, name: saved.name, isShared, ...part });
  const keep = () => {
    if (name.trim() !== '' && name.trim() !== saved.name) change({ name });
    else setName(saved.name);
  };
  return (
    <>
      <input
        className={styles.name}
        aria-label={t('mid.views.rename', { name: saved.name })}
        maxLength={savedNameLength}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={keep}
        onKeyDown={(press) => press.key === 'Enter' && keep()}
      />
      <Checkbox
        isChecked={isShared}
        label={t('mid.views.shareOf', { name: saved.name })}
        onChange={(next) => change({ isShared: next })}
        className={styles.share}
      >
        <span>{t('mid.views.share')}</span>
      </Checkbox>
      <Button onClick={open}>{t('common.action.open')}</Button>
      <Button
        kind="icon"
        aria-label={t('mid.views.remove', { name: saved.name })}
        onClick={() => remove.mutate({ id, version })}
      >
        <Trash2 aria-hidden />
      </Button>
    </>
  );
};

/** A view another post shares. */
const SharedRow = ({ saved, open }: Pick<RowProps, 'saved' | 'open'>) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const { role, division } = saved.owner;
  return (
    <>
      <span className={styles.shared}>
        <b>{saved.name}</b>
        <span>{t('mid.views.by', { post: `${divisions.name(division)} ${term('role', role)}` })}</span>
      </span>
      <Button onClick={open}>{t('common.action.open')}</Button>
    </>
  );
};

const Place = ({ saved }: { saved: Saved }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { page } = deskPageOf(saved.view);
  return (
    <span className={styles.place}>
      {t(`common.page.${page}`)} · {divisions.name(saved.view.division)}
    </span>
  );
};

const Views = ({ close }: { close: () => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const { set } = useView();
  const divisions = useDivisions();
  const { data } = useQuery(api.view.list.queryOptions());
  const { save, rename, remove, problem } = useViewChanges();
  const views = (data ?? []).filter(({ screen }) => screen === 'mid');
  const open = ({ view }: Saved) => {
    set({ ...view, division: view.division === divisions.root.code ? null : view.division });
    close();
  };
  return (
    <>
      <SaveForm save={save} />
      <p className={styles.problem} role="status">
        {problem && t(`common.problem.${problem}`)}
      </p>
      {data && views.length === 0 && <p className={styles.none}>{t('mid.views.none')}</p>}
      <ul className={styles.list}>
        {views.map((saved) => (
          <li key={`${saved.id}-${saved.version}`} data-view={saved.name}>
            {saved.isOwn ? (
              <OwnRow saved={saved} open={() => open(saved)} rename={rename} remove={remove} />
            ) : (
              <SharedRow saved={saved} open={() => open(saved)} />
            )}
            <Place saved={saved} />
          </li>
        ))}
      </ul>
    </>
  );
};

/** Views kept by name: save this one, open, rename, share, remove (保存的视图). */
export const SavedViews = () => {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        kind="icon"
        aria-label={t('mid.views.title')}
        title={t('mid.views.title')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Bookmark aria-hidden />
      </Button>
      <Popup title={t('mid.views.title')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Views close={() => setOpen(false)} />
      </Popup>
    </>
  );
};
