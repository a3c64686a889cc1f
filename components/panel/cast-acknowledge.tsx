'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { EventRow } from '@/data/model/event';
import type { Role } from '@/data/model/scope';
import { askedBy, emptyView } from '@/data/model/view';
import { formatClock } from '../base/format';
import { LevelMark } from '../base/level-mark';
import { useConductor } from '../feed/conductor';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';

const gravest = { source: 'acknowledge', field: 'level' as const, values: ['1'] };
const question = { ...askedBy('acknowledge', emptyView), period: 'today' as const, filters: [gravest] };
const askAgainMs = 10_000;
/** Posts that take notice of a Ⅰ event; the server holds them to it. */
const roles: Role[] = ['R1', 'R2', 'R3', 'R4'];

/** Open Ⅰ events of the caller's area that no post took notice of yet, and the way to do so. */
const useUnacknowledged = (): { events: EventRow[]; acknowledge: (id: string) => void; isBusy: boolean } => {
  const api = useTRPC();
  const client = useQueryClient();
  const me = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity })).data;
  const isOn = me !== undefined && roles.includes(me.role);
  const open = useQuery({
    ...api.event.open.queryOptions({ question, sort: 'urgency', limit: 60 }),
    enabled: isOn,
    refetchInterval: askAgainMs,
  }).data?.rows;
  const ids = (open ?? []).map(({ id }) => id);
  const known = useQuery({
    ...api.wall.acknowledged.queryOptions({ events: ids }),
    enabled: ids.length > 0,
    refetchInterval: askAgainMs,
  }).data;
  const { mutate, isPending } = useMutation(
    api.wall.acknowledge.mutationOptions({
      onSettled: () => client.invalidateQueries(api.wall.acknowledged.pathFilter()),
    }),
  );
  const events = known ? (open ?? []).filter(({ id }) => known.every(({ event }) => event !== id)) : [];
  return { events, acknowledge: (event) => mutate({ event }), isBusy: isPending };
};

/** What interrupts the wall this device is at, once a post took notice of it (确认): which and when; until it is sent back. */
export const Acknowledged = ({ className }: { className?: string }) => {
  const api = useTRPC();
  const { t, term, installation } = useText();
  const divisions = useDivisions();
  const interrupt = useConductor().state?.interrupt;
  const id = interrupt && interrupt.course !== 'back' ? interrupt.event : '';
  const known = useQuery({
    ...api.wall.acknowledged.queryOptions({ events: [id] }),
    enabled: id !== '',
    refetchInterval: askAgainMs,
  }).data;
  const by = known?.find(({ event }) => event === id);
  const event = useQuery({ ...api.event.byId.queryOptions({ id }), enabled: by !== undefined }).data;
  if (!by || !event) return null;
  const words = [term('event-category', event.category), divisions.name(event.community ?? event.subdistrict)];
  const time = formatClock(new Date(by.at), installation?.timeZone ?? 'UTC');
  return (
    <span className={className} data-acknowledged={id}>
      <LevelMark level={1} size="1.5em" />
      {t('link.acknowledged', { words: words.join(' · '), time, role: term('role', by.role), place: by.place })}
    </span>
  );
};

/** A Ⅰ event that waits for somebody to take notice of it (确认): what and where; nothing while none does. */
export const Acknowledge = ({ className }: { className?: string }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const { events, acknowledge, isBusy } = useUnacknowledged();
  const [event] = events;
  if (!event) return null;
  const words = [term('event-category', event.category), divisions.name(event.community ?? event.subdistrict)];
  return (
    <button
      type="button"
      className={className}
      data-acknowledge={event.id}
      disabled={isBusy}
      onClick={() => acknowledge(event.id)}
    >
      <LevelMark level={1} size="1.5em" />
      {t('link.acknowledge', { words: words.join(' · '), others: events.length - 1 })}
    </button>
  );
};
