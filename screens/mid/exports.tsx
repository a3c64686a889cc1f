'use client';

import { useQuery } from '@tanstack/react-query';
import { FileClock } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/base/button';
import { formatStamp } from '@/components/base/format';
import { Popup } from '@/components/base/popup';
import { useDivisions } from '@/components/feed/divisions';
import { problemOf } from '@/components/feed/failure';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { metricByKey } from '@/data/metrics';
import styles from './exports.module.css';

type Taken = Outputs['export']['list']['rows'][number];

/** Metrics named in one line at most. */
const mostNamed = 2;

const Line = ({ taken }: { taken: Taken }) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const { number, at, role, post, panel, format, division, metrics, nRows, purpose, note } = taken;
  const named = metrics.slice(0, mostNamed).map((key) => metricByKey.get(key)?.[lang] ?? key);
  const what = [taken.title || t(`panel.${panel}.title`), ...named, metrics.length > mostNamed ? '…' : ''].filter(
    Boolean,
  );
  return (
    <tr data-number={number}>
      <td>
        <b>{formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang)}</b>
        <small>{number}</small>
      </td>
      <td>
        {term('role', role)}
        <small>{divisions.name(post)}</small>
      </td>
      <td>
        {what.join(' · ')}
        <small>
          {divisions.name(division)} · {t('export.rows', { n: nRows })} · {format.toUpperCase()}
        </small>
      </td>
      <td>
        {t(`export.purpose.${purpose}`)}
        {note && <small>{note}</small>}
      </td>
    </tr>
  );
};

const columns = ['mark.at', 'mark.post', 'mark.what', 'purposeLabel'] as const;

const Lines = () => {
  const api = useTRPC();
  const { t } = useText();
  const { data, error } = useQuery(api.export.list.queryOptions());
  if (error) return <p role="status">{t(`common.problem.${problemOf(error)}`)}</p>;
  if (!data) return <p role="status">{t('common.state.waiting')}</p>;
  return (
    <>
      <p className={styles.whose}>{t(data.isAll ? 'export.auditAll' : 'export.auditOwn')}</p>
      {data.rows.length === 0 ? (
        <p>{t('export.auditNone')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name}>{t(`export.${name}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((taken) => (
              <Line key={taken.number} taken={taken} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};

/** Who exported what, when and what for (导出留痕): posts that lead read their territory's, others their own. */
export const Exports = () => {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const name = t('export.audit');
  return (
    <>
      <Button kind="icon" aria-label={name} title={name} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <FileClock aria-hidden />
      </Button>
      <Popup title={name} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Lines />
      </Popup>
    </>
  );
};
