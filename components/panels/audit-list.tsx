'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import type { AuditCheck, AuditLine } from '@/data/model/audit';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { type Column, Table } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC, useTRPCClient } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import styles from './audit-list.module.css';

const key = 'audit-list';
const words = (name: string) => `audit.${name}`;

const useColumns = (): Column<AuditLine>[] => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  /** A list in words: its place, group and window; one person stays the number he is registered under. */
  const subjectOf = ({ action, subject }: AuditLine): string => {
    if (action !== 'care.list') return subject;
    const [place = '', group = '', window = ''] = subject.split(' ');
    const what = group === '*' ? t('register.list.allGroups') : term('care-group', group);
    return [divisions.name(place), what, t(`register.window.${window}`)].join(' · ');
  };
  const postWords = (post: string): string => {
    const [role = '', division = ''] = post.split(':');
    return role === '' ? '' : `${term('role', role)} · ${divisions.name(division)}`;
  };
  /** What a night took, rule by rule. */
  const takenWords = (purpose: string): string => {
    const taken = purpose.split(', ').flatMap((line) => {
      const [rule = '', n = ''] = line.split(' ');
      return rule === '' ? [] : [`${term('retention', rule)} ${n}`];
    });
    return taken.join(t('common.and')) || t(words('retention.none'));
  };
  const purposeOf = ({ action, purpose }: AuditLine): string => {
    if (action.startsWith('account.') || action === 'session.post') return postWords(purpose);
    if (action === 'session.begin') return t(`account.way.${purpose}`);
    if (action.startsWith('session.')) return t(words(`why.${purpose}`));
    if (action === 'home.slip') return t(words(`why.${purpose}`));
    if (action === 'retention.run') return takenWords(purpose);
    if (!action.startsWith('care.') && action !== 'file.export') return purpose;
    const [kind = '', ...reason] = purpose.split(': ');
    const list = action === 'file.export' ? 'export' : 'register';
    return [t(`${list}.purpose.${kind}`), ...reason].join('：');
  };
  return [
    { key: 'seq', head: t(words('seq')), width: '84px', align: 'end', cell: ({ seq }) => seq },
    {
      key: 'at',
      head: t(words('at')),
      width: '130px',
      cell: ({ at }) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang),
    },
    {
      key: 'who',
      head: t(words('who')),
      width: '260px',
      cell: ({ action, role, division }) => {
        if (action === 'retention.run') return t(words('retention'));
        return role === '' ? t(words('noPost')) : `${term('role', role)} · ${divisions.name(division)}`;
      },
    },
    {
      key: 'screen',
      head: t(words('screen')),
      width: '72px',
      cell: ({ screen }) => (screen === '' ? '' : t(words(`screen.${screen}`))),
    },
    { key: 'action', head: t(words('action')), width: '150px', cell: ({ action }) => t(words(`action.${action}`)) },
    { key: 'subject', head: t(words('subject')), cell: subjectOf },
    {
      key: 'purpose',
      head: t(words('purpose')),
      width: '240px',
      cell: purposeOf,
    },
    {
      key: 'n',
      head: t(words('n')),
      width: '84px',
      align: 'end',
      cell: ({ action, nRows }) => (action === 'retention.run' ? '—' : nRows),
    },
  ];
};

/** The one role that reads the audit. */
const auditor = 'R8';

const Closed = () => {
  const { t } = useText();
  return <p className={styles.closed}>{t(words('closed'))}</p>;
};

const sentenceOf = ({ brokenAt, nCut, nLines }: AuditCheck, t: ReturnType<typeof useText>['t']): string => {
  if (brokenAt === null) return t(words('sound'), { n: nLines });
  if (nCut > 0) return t(words('cut'), { n: nLines, seq: brokenAt, cut: nCut });
  return t(words('broken'), { n: nLines, seq: brokenAt });
};

/** The whole chain read once more on the server. */
const Check = () => {
  const { t } = useText();
  const client = useTRPCClient();
  const { data, error, isPending, mutate } = useMutation({ mutationFn: () => client.audit.verify.query() });
  const anchored = data?.anchor ? t(words('anchored'), { seq: data.anchor.seq }) : t(words('unanchored'));
  const told = data && [sentenceOf(data, t), anchored].join('');
  return (
    <p className={styles.check}>
      <Button data-verify="" disabled={isPending} onClick={() => mutate()}>
        {t(words('verify'))}
      </Button>
      <span role="status" data-broken={data?.brokenAt ?? undefined}>
        {error && t(`common.problem.${problemOf(error)}`)}
        {told}
      </span>
    </p>
  );
};

const Lines = () => {
  const { t } = useText();
  const api = useTRPC();
  const columns = useColumns();
  const rows = useQuery(api.audit.list.queryOptions({})).data ?? [];
  return (
    <div className={styles.lines}>
      <Check />
      <Table
        label={t(`panel.${key}.title`)}
        columns={columns}
        count={rows.length}
        rowAt={(index) => rows[index]}
        idOf={({ seq }) => String(seq)}
        selectedIndex={null}
        onSelect={() => {}}
      />
    </div>
  );
};

/** Who looked at data of persons, when and what for, the newest first; for auditors (审计留痕). */
export const auditList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ api }) => ({ me: api.access.me.queryOptions() }),
  draw: ({ data: { me } }) => (me.role === auditor ? <Lines /> : <Closed />),
});
