'use client';

import { type FetchQueryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { fillMetric } from '@/components/map/metric-encoding';
import { panelByKey } from '@/components/panels';
import type { Scene } from '@/data/model/view';
import type { Tier } from '../wall-tier';
import { scenes } from './scenes';

/** Asks ahead what the panels and the map layers of a scene will ask, so that it stands at once when its turn comes. */
export const usePreload = (tier: Tier): ((next: Scene) => void) => {
  const client = useQueryClient();
  const api = useTRPC();
  const { view } = useView();
  const divisions = useDivisions();
  const { installation } = useText();
  return useCallback(
    (next: Scene) => {
      const { pages, stage } = scenes[next];
      const ahead = { ...view, page: next, period: stage.period, metric: stage.metric };
      const metric = fillMetric(ahead, installation?.demo !== null);
      const period = stage.fillPeriod ?? stage.period;
      const fetch = (asked: Record<string, object>) => {
        for (const options of Object.values(asked)) {
          const isOff = (options as { enabled?: boolean }).enabled === false;
          if (!isOff) void client.prefetchQuery(options as FetchQueryOptions);
        }
      };
      for (const key of Object.values(pages[tier].panels))
        fetch(panelByKey(key).ask({ view: ahead, api, divisions, size: 'wall' }));
      // layers come with the map's own code, which is there by now
      void import('@/components/layers').then(({ layers }) => {
        for (const layer of layers)
          if (stage.layers.includes(layer.key))
            fetch(layer.ask({ view: ahead, api, divisions, size: 'wall', metric, period }));
      });
    },
    [client, api, view, divisions, installation, tier],
  );
};
