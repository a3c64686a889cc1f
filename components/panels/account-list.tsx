'use client';

import { useQuery } from '@tanstack/react-query';
import type { AccountRow } from '@/data/model/account';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import type { Column } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/account.module.css';
import { accountKeepers } from '../panel/account-keepers';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';

const key = 'account-list';
const words = (name: string) => `account.${name}`;

const stateOf = ({ lockedUntil, mustChange, hasFactor }: AccountRow): string => {
  if (lockedUntil !== null) return 'locked';
  return mustChange ? 'oneTime' : hasFactor ? 'factor' : 'plain';
};

const useColumns = (): Column<AccountRow>[] => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const held = ({ grants }: AccountRow) =>
    grants
      .filter(({ to }) => to === null)
      .map((post) => `${term('role', post.role)} · ${divisions.name(post.division)}`);
  return [
    {
      key: 'name',
      head: t(words('list.name')),
      width: '200px',
      cell: ({ name, username }) => <TwoLines title={name} note={username} />,
    },
    { key: 'posts', head: t(words('list.posts')), cell: (row) => held(row).join(t('common.and')) || '—' },
    {
      key: 'state',
      head: t(words('list.state')),
      width: '170px',
      cell: (row) => <span data-state={stateOf(row)}>{t(words(`state.${stateOf(row)}`))}</span>,
    },
    {
      key: 'last',
      head: t(words('list.lastSignIn')),
      width: '140px',
      align: 'end',
      cell: ({ lastSignInAt }) =>
        lastSignInAt
          ? formatStamp(new Date(lastSignInAt), installation?.timeZone ?? 'UTC', lang)
          : t(words('list.never')),
    },
  ];
};

const Rows = ({ view, set }: { view: View; set: (patch: Partial<View>) => void }) => {
  const { t } = useText();
  const api = useTRPC();
  const columns = useColumns();
  const told = useQuery(api.account.list.queryOptions()).data ?? [];
  const rows = told.map((row) => ({ ...row, id: row.username }));
  if (rows.length === 0) return <p className={styles.note}>{t(`panel.${key}.empty`)}</p>;
  return <RowList kind="account" label={t(`panel.${key}.title`)} {...{ columns, rows, view, set }} />;
};

const Closed = () => {
  const { t } = useText();
  return <p className={styles.note}>{t(words('closed'))}</p>;
};

/** Accounts, the posts they hold, their state; for the administrators who keep them (账号). */
export const accountList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ api }) => ({ me: api.access.me.queryOptions() }),
  draw: ({ data: { me }, view, set }) =>
    accountKeepers.includes(me.role) ? <Rows view={view} set={set} /> : <Closed />,
});
