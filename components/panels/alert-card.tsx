'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Alert } from '@/data/model/alert';
import { momentOf } from '@/data/model/moment';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { AlertMark } from '../panel/alert-mark';
import { Card, CardFigures, CardSection } from '../panel/card';
import { PickLine, PlainLine } from '../panel/event-line';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';
import styles from './alert-card.module.css';

const key = 'alert-card';
const words = (name: string) => `panel.${key}.${name}`;
const callsMs = 10_000;
type Found = Outputs['alert']['byId'];

/** Practice, not begun, in force, called off, or over. */
const stateOf = (alert: Alert, asOf: string): string => {
  if (alert.status !== 'Actual') return 'practice';
  if (alert.message === 'Cancel') return 'calledOff';
  if (asOf < alert.effectiveAt) return 'ahead';
  return alert.endedAt !== null || asOf >= alert.expiresAt ? 'over' : 'inForce';
};

const useStamp = (): ((at: string) => string) => {
  const { lang, installation } = useText();
  return (at) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
};

const Chain = ({ found, set }: { found: Found; set: (patch: Partial<View>) => void }) => {
  const { t, term } = useText();
  const stamp = useStamp();
  return (
    <CardSection title={t(words('chain'))} caption={t(words('messages'), { n: found.chain.length })}>
      {found.chain.map((message) => (
        <PickLine
          key={message.id}
          name={`${stamp(message.sentAt)} ${t(words(message.message))}`}
          detail={term('weather-warning', message.warning)}
          onPick={() => set({ selection: `alert:${message.id}` })}
        />
      ))}
    </CardSection>
  );
};

const Impact = ({ impact }: { impact: Found['impact'] }) => {
  const { t } = useText();
  if (!impact?.figures) return <p>{t('panel.alert-impact.sea')}</p>;
  const { buildings, dwellings, residents } = impact.figures;
  return (
    <CardFigures
      nColumns={3}
      figures={[
        { key: 'buildings', label: t('panel.alert-impact.buildings'), answer: buildings },
        { key: 'dwellings', label: t('panel.alert-impact.dwellings'), answer: dwellings },
        { key: 'residents', label: t('panel.alert-impact.residents'), answer: residents },
      ]}
    />
  );
};

const limits = [15, 30, 60];

/** Homes of the register called for the warning, and how they answered (预警叫应). */
const Calls = ({ alert, at }: { alert: string; at: string | null }) => {
  const { t } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const [limit, setLimit] = useState(limits[1] ?? 30);
  const asked = useQuery(api.care.calls.queryOptions({ alert, at }, { refetchInterval: callsMs }));
  const call = useMutation(api.care.callOut.mutationOptions({ onSettled: again }));
  const told = asked.data;
  if (!told) return null;
  return (
    <>
      {told.called > 0 &&
        (['inTime', 'late', 'open'] as const).map((key) => (
          <PlainLine key={key} name={t(words(`calls.${key}`))} detail={t(words('calls.homes'), { n: told[key] })} />
        ))}
      {told.called === 0 && <p>{t(words('calls.none'))}</p>}
      {told.mayCall && (
        <p className={styles.call}>
          <select
            aria-label={t(words('calls.limit'))}
            value={limit}
            onChange={({ target }) => setLimit(Number(target.value))}
          >
            {limits.map((n) => (
              <option key={n} value={n}>
                {t(words('calls.within'), { n })}
              </option>
            ))}
          </select>
          <Button
            data-move="call"
            disabled={call.isPending}
            onClick={() => call.mutate({ alert, limitMinutes: limit })}
          >
            {t(words('calls.call'))}
          </Button>
        </p>
      )}
      <p role="status">{call.error ? t(`common.problem.${problemOf(call.error)}`) : ''}</p>
    </>
  );
};

type BodyProps = { found: Found; at: string | null; set: (patch: Partial<View>) => void };

const AlertBody = ({ found, at, set }: BodyProps) => {
  const { t, term, lang } = useText();
  const stamp = useStamp();
  const { alert, asOf, impact } = found;
  const places = alert.areas.map(({ name, nameEn }) => (lang === 'zh' ? name : nameEn));
  return (
    <Card
      kicker={t(words(stateOf(alert, asOf)))}
      title={term('weather-warning', alert.warning)}
      badge={<AlertMark level={alert.level} size="1.4em" />}
      note={lang === 'zh' ? alert.description || undefined : undefined}
      onClose={() => set({ selection: null })}
    >
      <CardSection title={t(words('what'))}>
        <PlainLine name={t(words('areas'))} detail={places.join(t('common.and'))} />
        <PlainLine name={t(words('sent'))} detail={stamp(alert.sentAt)} />
        <PlainLine name={t(words('until'))} detail={stamp(alert.endedAt ?? alert.expiresAt)} />
        <PlainLine name={t(words('sender'))} detail={alert.sender} />
      </CardSection>
      <CardSection title={t('panel.alert-card.impact')} caption={t('panel.alert-card.impactCaption')}>
        <Impact impact={impact} />
      </CardSection>
      {alert.status === 'Actual' && alert.message !== 'Cancel' && (
        <CardSection title={t(words('calls'))} caption={t(words('calls.caption'))}>
          <Calls alert={alert.id} at={at} />
        </CardSection>
      )}
      <Chain found={found} set={set} />
    </Card>
  );
};

/** One message of a warning with its chain and what lies in its area (预警档案). */
export const alertCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }): Record<string, ReturnType<typeof api.alert.byId.queryOptions>> => {
    const { kind, code } = partsOf(view.selection) ?? { kind: '', code: '' };
    return kind === 'alert' ? { found: api.alert.byId.queryOptions({ ...momentOf(view), id: code }) } : {};
  },
  empty: ({ found }) => found === undefined,
  draw: ({ data: { found }, view, set }) => (found ? <AlertBody found={found} at={view.at} set={set} /> : null),
});
