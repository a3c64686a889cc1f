'use client';

import { hashKey, type UseQueryOptions, type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useContext, useMemo } from 'react';
import { isPlace } from '@/data/metrics/dimensions';
import { useBrushed } from '../feed/brush';
import { useDivisions } from '../feed/divisions';
import { useKept } from '../feed/kept';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useView, ViewDefaults } from '../feed/view';
import { layers as registry } from '../layers';
import type { Layer, LayerAsk, LayerData, LayerQueries, LayerQuery, MapSize } from './layer';
import { fillMetric, fillPeriodOf } from './metric-encoding';

/** A layer that is shown, and its answers; data null while it has none yet. */
export type ShownLayer = {
  layer: Layer;
  data: LayerData<LayerQueries> | null;
  isFresh: boolean;
  error: Error | null;
} & {
  /** The answers as a brush leaves them at this moment: `data` may follow it later. */
  now: () => LayerData<LayerQueries> | null;
};

const isEnabled = (query: LayerQuery): boolean => (query as { enabled?: boolean }).enabled !== false;

const answerOf = (
  layer: Layer,
  asked: [string, LayerQuery][],
  resultOf: (query: LayerQuery) => UseQueryResult | undefined,
  brushed: ReturnType<typeof useBrushed>,
): ShownLayer => {
  const own = asked.map(([name, query]) => ({ name, query, isOn: isEnabled(query), result: resultOf(query) }));
  const isThere = own.every(({ isOn, result }) => !isOn || result?.data !== undefined);
  // it shows all places, whichever is looked at
  const readData = (): LayerData<LayerQueries> =>
    Object.fromEntries(
      own.map(({ name, isOn, result, query }) => [
        name,
        isOn ? brushed(query.queryKey, result?.data, isPlace) : undefined,
      ]),
    );
  return {
    layer,
    data: isThere ? readData() : null,
    now: () => (isThere ? readData() : null),
    isFresh: isThere,
    error: own.find(({ result }) => result?.isError && result.data === undefined)?.result?.error ?? null,
  };
};

/**
 * Asks for the layers of a map, each in the View as it stands. Legend, picker and stage call it alike: the query cache
 * answers all of them from one request. Keys of the View go before the screen's own.
 */
export const useLayers = (size: MapSize, ownKeys: readonly string[]) => {
  const api = useTRPC();
  const { view } = useView();
  const divisions = useDivisions();
  const { installation } = useText();
  const metric = fillMetric(view, installation?.demo !== null);
  const period = fillPeriodOf(view, useContext(ViewDefaults));
  const wanted = view.layers ?? ownKeys;
  const shown = useMemo(() => registry.filter(({ key }) => wanted.includes(key)), [wanted]);
  const ask = useMemo<LayerAsk>(
    () => ({ view, api, divisions, size, metric, period }),
    [view, api, divisions, size, metric, period],
  );
  const asked = shown.map((layer) => Object.entries(layer.ask(ask)));
  const unique = new Map(asked.flat().map(([, query]) => [hashKey(query.queryKey), query]));
  const results = useQueries({
    queries: [...unique.values()].map((query) => query as unknown as UseQueryOptions),
  });
  const byHash = new Map([...unique.keys()].map((hash, i) => [hash, results[i]]));
  const brushed = useBrushed(
    [...unique.values()].map(({ queryKey }) => queryKey),
    'map',
  );
  const resultOf = (query: LayerQuery) => byHash.get(hashKey(query.queryKey));
  const own = shown.map((layer, i) => answerOf(layer, asked[i] ?? [], resultOf, brushed));
  // Another division or metric is another picture: only a moved clock or a filter keeps the one before.
  const nameOf = ({ key }: Layer) => [key, view.division, metric].join('|');
  const kept = useKept(new Map(own.map(({ layer, data }) => [nameOf(layer), data ?? undefined])));
  const answers = own.map((answer) =>
    answer.data ? answer : { ...answer, data: kept.get(nameOf(answer.layer)) ?? null, isFresh: false },
  );
  return { ask, answers };
};
