'use client';

import { openList } from '../panel/open-list';
import { OpenQueue } from '../panel/open-queue';
import { definePanel } from '../panel/panel';

/** Open events of the drill a screen is in (演练队列): the queue of the dispatch desk without its figures. */
export const drillQueue = definePanel({
  key: 'drill-queue',
  sizes: ['desk'],
  ask: ({ view, api }) => ({ list: openList(api, view) }),
  empty: ({ list }) => list.total === 0,
  draw: ({ data: { list }, view, set }) => <OpenQueue list={list} view={view} set={set} />,
});
