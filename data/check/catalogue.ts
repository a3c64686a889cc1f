import { dimensionKeys } from '../metrics/dimensions';
import type { Metric } from '../metrics/metric';
import { units } from '../model/answer';
import { codesOf, type Lists } from './lists';
import { isHalfWidth } from './texts';

const isMetric = (value: unknown): value is Metric =>
  typeof value === 'object' && value !== null && 'key' in value && 'numerator' in value && 'fact' in value;

/** Every metric that the modules of `data/metrics` export, once each: alone, in a list or in a record. */
export const metricsIn = (modules: readonly Record<string, unknown>[]): Metric[] => {
  const values = modules.flatMap((module) => Object.values(module));
  const nested = values.flatMap((value) => (typeof value === 'object' && value ? Object.values(value) : []));
  return [...new Set([...values, ...nested].filter(isMetric))];
};

/** Faults of the metric catalogue: words in both languages, one key each, known units, dimensions and K-codes. */
export const checkCatalogue = (metrics: readonly Metric[], lists: Lists): string[] => {
  const kpis = codesOf(lists, 'kpi');
  return metrics.flatMap((metric, index) => {
    const where = `metric ${metric.key}`;
    const words = [metric.zh, metric.en, metric.meaning.zh, metric.meaning.en, metric.source];
    const unknown = metric.dimensions.filter((dimension) => !dimensionKeys.includes(dimension));
    return [
      ...(words.every((word) => word.trim()) ? [] : [`${where}: zh, en, meaning and source are needed.`]),
      ...(words.some(isHalfWidth) ? [`${where}: zh has punctuation of half width.`] : []),
      ...(metrics.findIndex((other) => other.key === metric.key) === index ? [] : [`${where} is defined twice.`]),
      ...(metric.code === null || kpis.includes(metric.code) ? [] : [`${where}: ${metric.code} is not in kpi.csv.`]),
      ...(units.includes(metric.unit) ? [] : [`${where}: unit ${metric.unit} is unknown.`]),
      ...unknown.map((dimension) => `${where}: dimension ${dimension} is unknown.`),
    ];
  });
};
