'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatClock } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { selectedWorker, type Track, trackQuery } from '../map/track';
import { Card, CardSection } from '../panel/card';
import { PlainLine } from '../panel/event-line';
import { definePanel } from '../panel/panel';
import styles from './worker-card.module.css';

const key = 'worker-card';
const words = (name: string) => `panel.${key}.${name}`;
type Worker = Outputs['workforce']['byId'];
type BodyProps = { worker: Worker; view: View; set: (patch: Partial<View>) => void };

const trackHours = 8;
const leastPurpose = 2;

const useClock = () => {
  const { installation } = useText();
  return (instant: string) => formatClock(new Date(instant), installation?.timeZone ?? 'UTC');
};

const Shift = ({ shift }: { shift: Worker['shift'] }) => {
  const { t } = useText();
  const clock = useClock();
  if (!shift) return <p>{t(words('noShift'))}</p>;
  const hours = t(words('hours'), { from: clock(shift.startsAt), to: clock(shift.endsAt) });
  const sign = shift.signedInAt ? t(words('signedIn'), { time: clock(shift.signedInAt) }) : t(words('absent'));
  return <PlainLine name={hours} detail={sign} />;
};

const Result = ({ track }: { track: Track }) => {
  const { t } = useText();
  const clock = useClock();
  const [first, last] = [track.points[0], track.points.at(-1)];
  return (
    <>
      <p>
        {first && last
          ? t(words('points'), { n: track.points.length, from: clock(first.at), to: clock(last.at) })
          : t(words('noPoints'))}
      </p>
      <p className={styles.note}>{t(words('recorded'))}</p>
    </>
  );
};

/** A track is read for a reason only, and every reading is written down. */
const TrackAsk = ({ worker, view, set }: BodyProps) => {
  const api = useTRPC();
  const client = useQueryClient();
  const { t } = useText();
  const [purpose, setPurpose] = useState('');
  const read = useMutation(
    api.workforce.track.mutationOptions({
      onSuccess: (track) => {
        client.setQueryData(trackQuery(worker.worker).queryKey, track);
        if (view.layers && !view.layers.includes('worker-track')) set({ layers: [...view.layers, 'worker-track'] });
      },
    }),
  );
  const submit = (press: FormEvent) => {
    press.preventDefault();
    const to = view.at ? new Date(view.at) : new Date();
    const from = new Date(to.getTime() - trackHours * 3_600_000);
    read.mutate({ worker: worker.worker, from: from.toISOString(), to: to.toISOString(), purpose });
  };
  return (
    <CardSection title={t(words('track'))} caption={t(words('trackCaption'))}>
      <form className={styles.ask} onSubmit={submit}>
        <input
          value={purpose}
          maxLength={200}
          aria-label={t(words('purpose'))}
          placeholder={t(words('purpose'))}
          onChange={({ target }) => setPurpose(target.value)}
        />
        <Button kind="primary" type="submit" disabled={purpose.trim().length < leastPurpose || read.isPending}>
          {t(words('show'))}
        </Button>
      </form>
      {read.data && <Result track={read.data} />}
      {read.error && <p className={styles.note}>{t(words('refused'))}</p>}
    </CardSection>
  );
};

const WorkerBody = (props: BodyProps) => {
  const { worker, set } = props;
  const { t, term } = useText();
  const divisions = useDivisions();
  const place = [worker.subdistrict, worker.community, worker.grid].filter((code) => code !== null);
  return (
    <Card
      kicker={[t(words('title')), term('gridworker-type', worker.workerType)].join(' · ')}
      title={worker.name}
      note={worker.department ? term('department', worker.department) : undefined}
      onClose={() => set({ selection: null })}
    >
      <CardSection title={t(words('shift'))}>
        <Shift shift={worker.shift} />
      </CardSection>
      <CardSection title={t(words('place'))}>
        <p>{place.map(divisions.name).join(' · ')}</p>
      </CardSection>
      <TrackAsk {...props} />
    </Card>
  );
};

/** A worker on duty, masked: shift, area answered for, and on the record the track (网格员档案). */
export const workerCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }): Record<string, ReturnType<typeof api.workforce.byId.queryOptions>> => {
    const id = selectedWorker(view.selection);
    return id ? { worker: api.workforce.byId.queryOptions({ id, at: view.at }) } : {};
  },
  empty: ({ worker }) => worker === undefined,
  draw: ({ data: { worker }, view, set }) =>
    worker ? <WorkerBody key={worker.worker} worker={worker} view={view} set={set} /> : null,
});
