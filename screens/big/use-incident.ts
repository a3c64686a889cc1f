'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { nameable, rankAttention } from '@/components/chart/attention';
import { useTick } from '@/components/feed/clock';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { partsOf } from '@/components/panel/question';
import { nearestTarget } from '@/data/model/asset';
import type { EventRow } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { askedBy } from '@/data/model/view';

/** The incident in command: the event selected, else the gravest open one a wall may name. Undefined until known. */
export const useIncident = (): EventRow | null | undefined => {
  const api = useTRPC();
  const { view } = useView();
  const tick = useTick();
  const chosen = partsOf(view.selection);
  const id = chosen?.kind === 'event' ? chosen.code : null;
  const open = useQuery(
    api.event.open.queryOptions({ question: askedBy('attention-list', view), sort: 'urgency', limit: 60 }),
  ).data;
  const byId = useQuery({
    ...api.event.byId.queryOptions({ id: id ?? '', at: view.at, known: view.known }),
    enabled: id !== null,
  });
  if (id !== null && !byId.isError) return byId.data;
  if (!open) return undefined;
  return rankAttention(nameable(open.rows), view.at ? Date.parse(open.asOf) : tick)[0] ?? null;
};

/** What the map of an incident is to show: where it is and the ways of the soonest forces; null without one. */
export const useIncidentPoints = (incident: EventRow | null): readonly LngLat[] | null => {
  const api = useTRPC();
  const { view } = useView();
  const selection = nearestTarget(incident && `event:${incident.id}`);
  const nearest = useQuery({
    ...api.asset.nearest.queryOptions({ selection, at: view.at }),
    enabled: selection !== null,
  }).data;
  return useMemo(() => {
    if (!incident?.position) return null;
    const ways = nearest?.rows.flatMap(({ line }) => line) ?? [];
    return [incident.position, ...ways];
  }, [incident, nearest]);
};
