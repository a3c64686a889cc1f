'use client';

import { useQuery } from '@tanstack/react-query';
import { nameable, rankAttention } from '@/components/chart/attention';
import { useTick } from '@/components/feed/clock';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { partsOf } from '@/components/panel/question';
import type { EventRow } from '@/data/model/event';
import { askedBy, type View } from '@/data/model/view';

/** Zoom at which a block and its neighbours fill the map of the reference wall. */
const blockZoom = 16;
const referenceUnit = 1.862;

/** Camera over the block of an incident, as close in angle on every wall; null when it has no place. */
export const cameraOver = (event: EventRow, unit: number): View['camera'] =>
  event.position && {
    lng: event.position[0],
    lat: event.position[1],
    zoom: blockZoom + Math.log2(unit / referenceUnit),
    pitch: 0,
    bearing: 0,
  };

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
