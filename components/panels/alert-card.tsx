'use client';

import type { Alert } from '@/data/model/alert';
import { momentOf } from '@/data/model/moment';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { AlertMark } from '../panel/alert-mark';
import { Card, CardFigures, CardSection } from '../panel/card';
import { PickLine, PlainLine } from '../panel/event-line';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';

const key = 'alert-card';
const words = (name: string) => `panel.${key}.${name}`;
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

const AlertBody = ({ found, set }: { found: Found; set: (patch: Partial<View>) => void }) => {
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
      <CardSection title={t('panel.alert-impact.title')} caption={t('panel.alert-impact.caption')}>
        <Impact impact={impact} />
      </CardSection>
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
  draw: ({ data: { found }, set }) => (found ? <AlertBody found={found} set={set} /> : null),
});
