'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountRow, Grant } from '@/data/model/account';
import { Role } from '@/data/model/scope';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import styles from '../panel/account.module.css';
import { accountKeepers } from '../panel/account-keepers';
import { Card, CardSection } from '../panel/card';
import { OneTimeWords } from '../panel/one-time';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';

const key = 'account-card';
const words = (name: string) => `account.card.${name}`;

const Problem = ({ error }: { error: unknown }) => {
  const { t } = useText();
  return error ? <p role="alert">{problemWords(error, t)}</p> : null;
};

const useStamp = () => {
  const { lang, installation } = useText();
  return (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
};

const GrantLine = ({ grant, mayWithdraw }: { grant: Grant; mayWithdraw: boolean }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const stamp = useStamp();
  const api = useTRPC();
  const again = useAskedAgain();
  const withdraw = useMutation(api.account.withdraw.mutationOptions({ onSettled: again }));
  const { from, to, grantedBy, withdrawnBy } = grant;
  return (
    <li data-grant={`${grant.role}:${grant.division}`} data-ended={to === null ? undefined : ''}>
      <span>
        {[
          term('role', grant.role),
          divisions.name(grant.division),
          ...(grant.department ? [term('department', grant.department)] : []),
        ].join(' · ')}
        <small>
          {to === null
            ? t(words('held'), { from: stamp(from), by: grantedBy })
            : t(words('ended'), { from: stamp(from), to: stamp(to), by: withdrawnBy ?? '' })}
        </small>
        <Problem error={withdraw.error} />
      </span>
      {mayWithdraw && to === null && (
        <Button data-withdraw="" disabled={withdraw.isPending} onClick={() => withdraw.mutate({ grant: grant.id })}>
          {t(words('withdraw'))}
        </Button>
      )}
    </li>
  );
};

/** A post that is granted: first the role, then one of the areas that has it. */
const GrantForm = ({ id }: { id: string }) => {
  const { t, term, words: wordsOf, lang } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const posts = useQuery(api.account.posts.queryOptions(undefined, { staleTime: Infinity })).data ?? [];
  const [role, setRole] = useState<Role>('R2');
  const [chosen, setChosen] = useState('');
  const departments = role === 'R6' ? wordsOf('department') : [];
  const [named, setNamed] = useState('');
  const department = departments.find(({ code }) => code === named)?.code ?? departments[0]?.code ?? null;
  const grant = useMutation(api.account.grant.mutationOptions({ onSettled: again }));
  const roles = [...new Set(posts.map((post) => post.role))];
  const areas = posts.filter((post) => post.role === role);
  const division = areas.find((post) => post.division === chosen)?.division ?? areas[0]?.division ?? '';
  return (
    <>
      <p className={styles.row}>
        <select
          className={styles.input}
          aria-label={t(words('role'))}
          value={role}
          onChange={({ target }) => setRole(Role.parse(target.value))}
        >
          {roles.map((code) => (
            <option key={code} value={code}>
              {term('role', code)}
            </option>
          ))}
        </select>
        <select
          className={styles.input}
          aria-label={t(words('division'))}
          value={division}
          onChange={({ target }) => setChosen(target.value)}
        >
          {areas.map((post) => (
            <option key={post.division} value={post.division}>
              {lang === 'zh' ? post.name : post.nameEn}
            </option>
          ))}
        </select>
        {department && (
          <select
            className={styles.input}
            aria-label={t('common.dimension.department')}
            value={department}
            onChange={({ target }) => setNamed(target.value)}
          >
            {departments.map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </select>
        )}
        <Button
          kind="primary"
          data-grant-post=""
          disabled={division === '' || grant.isPending}
          onClick={() => grant.mutate({ id, post: { role, division, department } })}
        >
          {t(words('grant'))}
        </Button>
      </p>
      <Problem error={grant.error} />
    </>
  );
};

/** What the security administrator does with an account: unlock, end its sign-ins, take off a lost second factor. */
const Security = ({ row }: { row: AccountRow }) => {
  const { t } = useText();
  const stamp = useStamp();
  const api = useTRPC();
  const onSettled = useAskedAgain();
  const unlock = useMutation(api.account.unlock.mutationOptions({ onSettled }));
  const signOut = useMutation(api.account.signOut.mutationOptions({ onSettled }));
  const drop = useMutation(api.account.dropFactor.mutationOptions({ onSettled }));
  const { id, sessions } = row;
  return (
    <CardSection title={t(words('sessions'))}>
      {sessions?.length === 0 && <p className={styles.note}>{t(words('noSessions'))}</p>}
      <ul className={styles.grants}>
        {sessions?.map((session) => (
          <li key={session.id}>
            <span>
              {session.address} · {t(`account.way.${session.way}`)}
              <small>{session.device}</small>
              <small>
                {t('account.session.line', {
                  from: stamp(session.startedAt),
                  seen: stamp(session.seenAt),
                  to: stamp(session.endsAt),
                })}
              </small>
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.row}>
        <Button data-act="unlock" disabled={row.lockedUntil === null} onClick={() => unlock.mutate({ id })}>
          {t(words('unlock'))}
        </Button>
        <Button data-act="sign-out" disabled={!sessions?.length} onClick={() => signOut.mutate({ id })}>
          {t(words('signOut'))}
        </Button>
        <Button data-act="drop-factor" disabled={!row.hasFactor} onClick={() => drop.mutate({ id })}>
          {t(words('dropFactor'))}
        </Button>
      </p>
      <Problem error={unlock.error ?? signOut.error ?? drop.error} />
    </CardSection>
  );
};

/** What the system administrator does: a new one-time password for one that was lost. */
const System = ({ id }: { id: string }) => {
  const { t } = useText();
  const api = useTRPC();
  const onSettled = useAskedAgain();
  const renew = useMutation(api.account.renewPassword.mutationOptions({ onSettled }));
  return (
    <CardSection title={t(words('acts'))}>
      <p className={styles.row}>
        <Button data-act="renew" disabled={renew.isPending} onClick={() => renew.mutate({ id })}>
          {t(words('renew'))}
        </Button>
      </p>
      <OneTimeWords told={renew.data} />
      <Problem error={renew.error} />
    </CardSection>
  );
};

type BodyProps = { me: Outputs['access']['me']; username: string; onClose: () => void };

const Body = ({ me, username, onClose }: BodyProps) => {
  const { t } = useText();
  const api = useTRPC();
  const row = useQuery(api.account.list.queryOptions()).data?.find((each) => each.username === username);
  if (!row) return null;
  const isOwn = row.id === me.actorId;
  const isSecurity = me.role === 'R10' && !isOwn;
  return (
    <Card kicker={row.id} title={row.name} onClose={onClose}>
      {isOwn && <p className={styles.note}>{t(words('own'))}</p>}
      <CardSection title={t(words('grants'))}>
        {row.grants.length === 0 && <p className={styles.note}>{t(words('none'))}</p>}
        <ul className={styles.grants}>
          {row.grants.map((grant) => (
            <GrantLine key={grant.id} grant={grant} mayWithdraw={isSecurity} />
          ))}
        </ul>
        {isSecurity && <GrantForm id={row.id} />}
      </CardSection>
      {isSecurity && <Security row={row} />}
      {me.role === 'R9' && !isOwn && <System id={row.id} />}
    </Card>
  );
};

/** One account: every grant there was, and what the administrator at hand may do with it (账号). */
export const accountCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ api }) => ({ me: api.access.me.queryOptions() }),
  draw: ({ data: { me }, view, set }) => {
    const username = partsOf(view.selection)?.code ?? '';
    return accountKeepers.includes(me.role) ? (
      <Body key={username} me={me} username={username} onClose={() => set({ selection: null })} />
    ) : null;
  },
});
