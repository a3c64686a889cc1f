'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { OwnDraft, ownPrefix } from '@/data/metrics/own';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { Popup } from '../base/popup';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { OwnCheck, useDefine } from './own-check';
import { OwnFields } from './own-fields';
import styles from './own-form.module.css';

const words = (name: string) => `own.${name}`;

const fresh: OwnDraft = {
  ...{ slug: '', fact: 'event', kind: 'rate', numerator: '', denominator: null, time: 'reported_at' },
  ...{ unit: 'hour', polarity: 'up_good', leastN: 0, decimals: 1, version: 0 },
  name: { zh: '', en: '' },
  meaning: { zh: '', en: '' },
};

type FormProps = { start: OwnDraft; onClose: () => void; onKept: (key: string) => void };

const OwnForm = ({ start, onClose, onKept }: FormProps) => {
  const { t } = useText();
  const [draft, setDraft] = useState(start);
  const define = useDefine();
  const parsed = OwnDraft.safeParse(draft);
  const keep = () => {
    if (parsed.success) define.mutate(parsed.data, { onSuccess: () => onKept(`${ownPrefix}${draft.slug}`) });
  };
  return (
    <Popup title={t(words(start.version === 0 ? 'make' : 'change'))} isOpen onClose={onClose}>
      <form
        className={styles.form}
        data-own=""
        onSubmit={(submit) => {
          submit.preventDefault();
          keep();
        }}
      >
        <OwnFields draft={draft} set={(part) => setDraft({ ...draft, ...part })} />
        <OwnCheck draft={draft} define={define} />
      </form>
    </Popup>
  );
};

/** Makes an indicator, or the next version of the own one looked at (新建指标). */
export const OwnButton = ({ current, set }: { current: string; set: (patch: Partial<View>) => void }) => {
  const { t } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const [start, setStart] = useState<OwnDraft | null>(null);
  const { data } = useQuery(api.metric.own.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const own = data?.find(({ metric }) => metric.key === current)?.draft;
  const kept = async (key: string) => {
    await Promise.all([
      client.invalidateQueries(api.metric.own.pathFilter()),
      client.invalidateQueries(api.metric.catalogue.pathFilter()),
    ]);
    await client.invalidateQueries(api.metric.ask.pathFilter());
    setStart(null);
    set({ metric: key });
  };
  return (
    <p className={styles.buttons}>
      <Button onClick={() => setStart(fresh)}>
        <Plus aria-hidden />
        {t(words('make'))}
      </Button>
      {own && (
        <Button kind="icon" aria-label={t(words('change'))} title={t(words('change'))} onClick={() => setStart(own)}>
          <SquarePen aria-hidden />
        </Button>
      )}
      {start && <OwnForm start={start} onClose={() => setStart(null)} onKept={(key) => void kept(key)} />}
    </p>
  );
};
