'use client';

import { useQuery } from '@tanstack/react-query';
import type { Cell } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import { localStamp } from '../chart/bucket';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { CardSection } from './card';
import { PlainLine } from './event-line';
import styles from './lineage.module.css';

type Part = Outputs['metric']['lineage']['parts'][number];

const words = (name: string) => `panel.glass.${name}`;

const useStamp = () => {
  const { installation } = useText();
  return (at: string) => localStamp(new Date(at), installation?.timeZone ?? 'UTC').replace('T', ' ');
};

/** What a part is called, and what is known of it. */
const usePartWords = () => {
  const { t, term } = useText();
  const stamp = useStamp();
  return (part: Part): { name: string; note?: string } => {
    if (part.kind === 'batch') {
      const { id, file, at, nRead: read, nAccepted: accepted, nFlagged: flagged, nRefused: refused } = part.batch;
      return {
        name: t(words('lineage.batch'), { id, file }),
        note: t(words('lineage.ledger'), { at: stamp(at), read, accepted, flagged, refused }),
      };
    }
    if (part.kind === 'live')
      return {
        name: t(words('lineage.live'), { source: term('event-source', part.source) }),
        note: t(words('lineage.newest'), { at: stamp(part.newestAt) }),
      };
    if (part.kind === 'register')
      return { name: t(words('lineage.register'), { fact: t(words(`fact.${part.fact}`)) }) };
    return { name: t(words('lineage.others')) };
  };
};

/** Which imports and sources the rows of a figure came from (数据血缘), and up to when all is counted. */
export const LineageSection = ({ ask, cell }: { ask: Ask; cell: Cell | undefined }) => {
  const api = useTRPC();
  const { t } = useText();
  const stamp = useStamp();
  const wordsOf = usePartWords();
  const { data, error } = useQuery(
    api.metric.lineage.queryOptions({ ...ask, operators: [], at: cell?.at ?? {} }, { retry: false }),
  );
  if (!data && !error) return null;
  return (
    <CardSection title={t(words('lineage'))} caption={data ? t(words('lineage.n'), { n: data.total }) : undefined}>
      {error && <p>{t(`common.problem.${problemOf(error)}`)}</p>}
      {data && (
        <div data-lineage={data.total}>
          {data.parts.map((part) => {
            const { name, note } = wordsOf(part);
            return (
              <div key={name} data-part={part.kind}>
                <PlainLine name={name} detail={t(words('lineage.n'), { n: part.n })} />
                {note && <p className={styles.note}>{note}</p>}
              </div>
            );
          })}
          <p className={styles.note}>{t(words('lineage.fresh'), { at: stamp(data.asOf) })}</p>
        </div>
      )}
    </CardSection>
  );
};
