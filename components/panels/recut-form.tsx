'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type MovedKind, proposalIn, type RecutPreview, type RecutProposal } from '@/data/model/recut';
import { Button } from '../base/button';
import { FilePick } from '../base/file-pick';
import { useDivisions } from '../feed/divisions';
import { problemWords } from '../feed/failure';
import { recutDraft } from '../feed/recut-draft';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import styles from './recut-form.module.css';

const key = 'recut-form';

const Faults = ({ faults }: Pick<RecutPreview, 'faults'>) => {
  const { t } = useText();
  return (
    <div role="alert">
      <p>{t('recut.faults', { n: faults.length })}</p>
      <ul className={styles.faults}>
        {faults.map(({ reason, code, squareMetres }) => (
          <li key={`${reason} ${code}`} data-fault={reason}>
            {t(`intake.refused.${reason}`, { code, squareMetres: squareMetres ?? 0 })}
          </li>
        ))}
      </ul>
    </div>
  );
};

/** What moves, by kind and division; what goes with its building among it. */
const movesIn = ({ moves, dwellings, residents }: RecutPreview) => [
  ...moves,
  ...dwellings.map((move) => ({ kind: 'dwelling' as const, ...move })),
  ...residents.map((move) => ({ kind: 'resident' as const, ...move })),
];

type Shown = { preview: RecutPreview; proposal: RecutProposal };

/** Names of divisions that stand, and of those that would begin. */
const useNameOf = ({ grids, communities }: RecutProposal): ((code: string) => string) => {
  const { lang } = useText();
  const divisions = useDivisions();
  const begun = new Map([...grids, ...communities].map((node) => [node.code, lang === 'zh' ? node.name : node.nameEn]));
  return (code) => begun.get(code) ?? divisions.name(code);
};

const countedKinds = ['building', 'resident', 'event'] as const satisfies (MovedKind | 'resident')[];

/** What each grid holds before and after: one that ends gives all it has, one that begins has what it is given. */
const Holdings = ({ preview, proposal }: Shown) => {
  const { t } = useText();
  const divisions = useDivisions();
  const nameOf = useNameOf(proposal);
  const moves = movesIn(preview);
  const held = (kind: string, isOf: (move: { from: string; to: string }) => boolean) =>
    moves.filter((move) => move.kind === kind && isOf(move)).reduce((all, { n }) => all + n, 0);
  const rows = [
    ...proposal.ends
      .filter((code) => divisions.byCode(code)?.level === 'grid')
      .map((code) => ({ code, side: 'from' as const })),
    ...proposal.grids.map(({ code }) => ({ code, side: 'to' as const })),
  ];
  return (
    <table className={styles.moves}>
      <caption>{t('recut.holdings')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('recut.grid')}</th>
          {countedKinds.map((kind) => (
            <th key={kind} scope="col">
              {t(`recut.of.${kind}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ code, side }) => (
          <tr key={code} data-holding={code}>
            <td>
              {nameOf(code)} <small>{t(`recut.side.${side}`)}</small>
            </td>
            {countedKinds.map((kind) => {
              const n = held(kind, (move) => move[side] === code);
              const [before, after] = side === 'from' ? [n, 0] : [0, n];
              return (
                <td key={kind} data-counted={kind}>
                  {t('recut.fromTo', { before, after })}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{t('recut.all')}</td>
          {countedKinds.map((kind) => {
            const n = held(kind, () => true);
            return (
              <td key={kind} data-counted={kind}>
                {t('recut.fromTo', { before: n, after: n })}
              </td>
            );
          })}
        </tr>
      </tfoot>
    </table>
  );
};

const Moves = ({ preview, proposal }: Shown) => {
  const { t } = useText();
  const nameOf = useNameOf(proposal);
  const rows = movesIn(preview);
  return (
    <>
      {rows.length === 0 ? (
        <p>{t('recut.nothing')}</p>
      ) : (
        <table className={styles.moves}>
          <caption>{t('recut.moves')}</caption>
          <thead>
            <tr>
              {['kind', 'from', 'to', 'n'].map((head) => (
                <th key={head} scope="col">
                  {t(`recut.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ kind, from, to, n }) => (
              <tr key={`${kind} ${from} ${to}`} data-kind={kind} data-to={to}>
                <td>{t(`recut.of.${kind}`)}</td>
                <td>{nameOf(from)}</td>
                <td>{nameOf(to)}</td>
                <td>{t('recut.count', { n })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {preview.outside.map(({ kind, n }) => (
        <p key={kind}>{t('recut.outside', { kind: t(`recut.of.${kind}`), n })}</p>
      ))}
    </>
  );
};

/** The way from what would move to its being done, which is asked for twice. */
const Adopt = ({ proposal }: { proposal: RecutProposal }) => {
  const { t } = useText();
  const api = useTRPC();
  const [isAsked, setIsAsked] = useState(false);
  const adopt = useMutation(api.division.recutAdopt.mutationOptions());
  if (adopt.data) return <p role="status">{t('recut.adopted', { n: adopt.data.nMoved })}</p>;
  return (
    <p className={styles.row}>
      {isAsked ? (
        <Button kind="primary" data-sure="" disabled={adopt.isPending} onClick={() => adopt.mutate(proposal)}>
          {t(adopt.isPending ? 'recut.adopting' : 'recut.sure')}
        </Button>
      ) : (
        <Button kind="primary" data-adopt="" onClick={() => setIsAsked(true)}>
          {t('recut.adopt')}
        </Button>
      )}
      {adopt.error && <span role="alert">{problemWords(adopt.error, t)}</span>}
    </p>
  );
};

const Form = () => {
  const { t } = useText();
  const api = useTRPC();
  const divisions = useDivisions();
  const client = useQueryClient();
  const proposal = useQuery(recutDraft).data ?? null;
  const [isUnread, setUnread] = useState(false);
  const preview = useMutation(api.division.recutPreview.mutationOptions());
  useEffect(() => () => void client.setQueryData(recutDraft.queryKey, null), [client]);
  const take = async (file: File | null) => {
    preview.reset();
    const read = file && proposalIn(await file.text());
    setUnread(file !== null && read === null);
    client.setQueryData(recutDraft.queryKey, read);
    if (read) preview.mutate(read);
  };
  return (
    <div className={styles.form}>
      <FilePick
        label={t('recut.file')}
        words={t('common.chooseFile')}
        accept=".geojson,.json,application/geo+json"
        onPick={(file) => void take(file)}
      />
      <p className={styles.note}>{t('recut.hint')}</p>
      {isUnread && <p role="alert">{t('recut.unread')}</p>}
      {preview.isPending && <p role="status">{t('recut.reading')}</p>}
      {preview.error && <p role="alert">{problemWords(preview.error, t)}</p>}
      {proposal && (
        <>
          <p>
            {t('recut.about', {
              ...{ within: divisions.name(proposal.within), reason: proposal.reason },
              ...{ ends: proposal.ends.length, grids: proposal.grids.length },
            })}
          </p>
          {preview.data && (
            <>
              {preview.data.faults.length > 0 && <Faults faults={preview.data.faults} />}
              <Holdings preview={preview.data} proposal={proposal} />
              <Moves preview={preview.data} proposal={proposal} />
              <p className={styles.note}>{t('recut.untouched')}</p>
              {preview.data.faults.length === 0 && <Adopt key={JSON.stringify(proposal)} proposal={proposal} />}
            </>
          )}
        </>
      )}
    </div>
  );
};

const Closed = () => {
  const { t } = useText();
  return <p className={styles.form}>{t('recut.closed')}</p>;
};

/** Boundaries cut anew (区划调整): a file is read, what would move is told, and it is done once it was confirmed. */
export const recutForm = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ api }) => ({ me: api.access.me.queryOptions(), installation: api.dictionary.installation.queryOptions() }),
  draw: ({ data: { me, installation } }) =>
    me.role === 'R2' && me.division === installation.root ? <Form /> : <Closed />,
});
