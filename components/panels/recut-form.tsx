'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { proposalIn, type RecutPreview, type RecutProposal } from '@/data/model/recut';
import { Button } from '../base/button';
import { FilePick } from '../base/file-pick';
import { useDivisions } from '../feed/divisions';
import { problemWords } from '../feed/failure';
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

const Moves = ({ preview, proposal }: { preview: RecutPreview; proposal: RecutProposal }) => {
  const { t, lang } = useText();
  const divisions = useDivisions();
  const begun = new Map(
    [...proposal.grids, ...proposal.communities].map((node) => [node.code, lang === 'zh' ? node.name : node.nameEn]),
  );
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
                <td>{divisions.name(from)}</td>
                <td>{begun.get(to) ?? divisions.name(to)}</td>
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
  const [proposal, setProposal] = useState<RecutProposal | 'unread' | null>(null);
  const preview = useMutation(api.division.recutPreview.mutationOptions());
  const take = async (file: File | null) => {
    preview.reset();
    const read = file ? (proposalIn(await file.text()) ?? 'unread') : null;
    setProposal(read);
    if (read && read !== 'unread') preview.mutate(read);
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
      {proposal === 'unread' && <p role="alert">{t('recut.unread')}</p>}
      {preview.isPending && <p role="status">{t('recut.reading')}</p>}
      {preview.error && <p role="alert">{problemWords(preview.error, t)}</p>}
      {proposal && proposal !== 'unread' && (
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
