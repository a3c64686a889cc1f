'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FilePlus } from 'lucide-react';
import { useState } from 'react';
import type { Ask } from '@/data/model/ask';
import { type FigureBlock, type OwnReport, pageOfOwn } from '@/data/model/own-report';
import { savedNameLength } from '@/data/model/saved-view';
import { blockOfAsk } from '@/data/reports/own';
import { Button } from '../base/button';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { queryOf } from '../feed/view';
import styles from './report-add.module.css';

/** Address of a report of one's own, with its place and its clock. */
export const linkOfReport = ({ id, version, division, period, at }: OwnReport): string =>
  `/report${queryOf({ page: pageOfOwn({ id, version }), division, period, at, known: 'then' })}`;

const newOne = 'new';

/** Blocks of a report that tell what a panel asks. */
export const blocksOf = (asks: readonly Ask[]): FigureBlock[] => asks.flatMap((ask) => blockOfAsk(ask) ?? []);

/** Puts the questions of a panel into a report of one's own, or into a new one (加入报告); nothing where none can be told. */
export const ReportAdd = ({ asks, title }: { asks: readonly Ask[]; title: string }) => {
  const api = useTRPC();
  const client = useQueryClient();
  const { t } = useText();
  const own = (useQuery(api.report.list.queryOptions(undefined, { retry: false })).data ?? []).filter(
    (report) => report.isOwn,
  );
  const onSettled = () => client.invalidateQueries(api.report.list.pathFilter());
  const save = useMutation(api.report.save.mutationOptions({ onSettled }));
  const change = useMutation(api.report.change.mutationOptions({ onSettled }));
  const isPending = save.isPending || change.isPending;
  const [chosen, setChosen] = useState(newOne);
  const blocks = blocksOf(asks);
  const [first] = asks;
  if (blocks.length === 0 || !first) return null;
  const add = () => {
    const report = own.find(({ id }) => id === chosen);
    const { division, period, at } = first.question;
    change.reset();
    save.reset();
    if (report) change.mutate({ ...report, blocks: [...report.blocks, ...blocks] });
    else save.mutate({ name: title.slice(0, savedNameLength), isShared: true, blocks, division, period, at });
  };
  const done = change.data ?? save.data;
  const error = change.error ?? save.error;
  return (
    <p className={styles.add} data-report-add="">
      <label>
        <span>{t('report.add')}</span>
        <select className={styles.choose} value={chosen} onChange={({ target }) => setChosen(target.value)}>
          <option value={newOne}>{t('report.addNew', { name: title })}</option>
          {own.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button aria-disabled={isPending} onClick={() => !isPending && add()}>
        <FilePlus aria-hidden />
        {t('report.build.addBlock')}
      </Button>
      <span role="status">
        {error && t(`common.problem.${problemOf(error)}`)}
        {done && (
          <>
            {t('report.added', { name: done.name, n: done.version })}{' '}
            <a href={linkOfReport(done)}>{t('report.open')}</a>
          </>
        )}
      </span>
    </p>
  );
};
