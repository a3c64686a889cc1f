'use client';

import { metricByKey } from '@/data/metrics';
import type { PlanItem } from '@/data/model/assessment';
import { formatStamp } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { type Text, useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';

export type Scores = Outputs['assessment']['scores'];
export type ScoreRow = Scores['rows'][number];

/** Points with one decimal; null = none. */
export const pointsText = (points: number | null): string => (points === null ? '—' : points.toFixed(1));

/** Gained or lost, with its sign. */
export const gainText = (points: number | null): string => {
  if (points === null) return '—';
  const digits = Math.abs(points).toFixed(1);
  return `${Number(digits) === 0 ? '' : points > 0 ? '+' : '−'}${digits}`;
};

/** Places won or lost in words (升 2 位); none 持平, nothing to compare with a dash. */
export const placesWords = (moved: number | null, t: Text['t']): string => {
  if (moved === null) return '—';
  if (moved === 0) return t('common.judgement.flat');
  return t(`assess.places.${moved > 0 ? 'won' : 'lost'}`, { n: Math.abs(moved) });
};

/** Words of periods, items, subjects and posts of an assessment. */
export const useAssessWords = () => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const itemName = (item: PlanItem): string =>
    item.kind === 'offline' ? item[lang] : (metricByKey.get(item.metric)?.[lang] ?? item.metric);
  /** Name of an item of a plan by its key. */
  const nameIn = ({ items }: Scores['plan'], key: string): string => {
    const item = items.find((each) => each.key === key);
    return item ? itemName(item) : key;
  };
  const periodName = (code: string): string =>
    code.length === 4
      ? t('assess.year', { year: code })
      : t('assess.quarter', { year: code.slice(0, 4), n: code.slice(5) });
  const subjectName = (level: Scores['level'], row: Pick<ScoreRow, 'code' | 'at' | 'name'>): string => {
    if (level === 'department') return term('department', row.code);
    return level === 'worker' ? `${row.name ?? row.code} · ${divisions.name(row.at)}` : divisions.name(row.code);
  };
  /** Post of an actor `role:division`; an account is told as it is, `@name`. */
  const actorName = (actor: string): string => {
    if (actor.startsWith('@')) return actor;
    const [role = '', division = ''] = actor.split(':');
    return [term('role', role), divisions.byCode(division)?.name ?? ''].filter(Boolean).join(' · ');
  };
  const stamp = (at: string): string => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  return { itemName, nameIn, periodName, subjectName, actorName, stamp };
};
