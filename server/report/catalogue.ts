import { metrics } from '@/data/metrics/index';
import type { Metric } from '@/data/metrics/metric';
import type { Connection } from '../db/client';
import { listOwn } from '../metric/store';

/** Metrics there are, the customer's own among them, by key. */
export const readCatalogue = async ({ db }: Connection): Promise<Map<string, Metric>> => {
  return new Map([...metrics, ...(await listOwn(db))].map((metric) => [metric.key, metric]));
};
