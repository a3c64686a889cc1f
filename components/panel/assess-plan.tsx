'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { metricByKey } from '@/data/metrics';
import type { OnlineItem, PlanItem } from '@/data/model/assessment';
import { formatValue, type Lang } from '@/data/model/format';
import { Button } from '../base/button';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import styles from './assess-plan.module.css';
import { PlanEditor } from './assess-plan-editor';
import { type Scores, useAssessWords } from './assess-words';
import { Card, CardSection } from './card';

const words = (name: string) => `assess.${name}`;

/** A target or floor in the unit of its metric. */
export const limitText = (item: OnlineItem, value: number, lang: Lang): string => {
  const metric = metricByKey.get(item.metric);
  const { digits, scale } = formatValue(metric ?? { unit: 'share', decimals: 1 }, value, lang);
  return `${digits}${scale}`;
};

const ItemLine = ({ item }: { item: PlanItem }) => {
  const { t, lang } = useText();
  const { itemName } = useAssessWords();
  return (
    <li className={styles.item}>
      <span>{itemName(item)}</span>
      <b>{item.weight}</b>
      <small>
        {item.kind === 'offline'
          ? t(words('offline'))
          : [
              t(words('target'), { value: limitText(item, item.target, lang) }),
              ...(item.rule === 'linear' ? [t(words('floor'), { value: limitText(item, item.floor, lang) })] : []),
              t(words(`rule.${item.rule}`)),
            ].join(' · ')}
      </small>
    </li>
  );
};

type PlanProps = {
  scores: Scores;
  plans: Outputs['assessment']['plans'];
  /** Whether the post may change it. */
  isPlanner: boolean;
};

/** What a level is assessed by in a period, and every version there was (考核方案). */
export const PlanCard = ({ scores: { plan, level }, plans, isPlanner }: PlanProps) => {
  const { t } = useText();
  const { actorName, stamp } = useAssessWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      kicker={t(words('plan'), { n: plan.version })}
      title={t(words('planOf'), { level: t(words(`level.${level}`)) })}
      note={t(words('planSince'), { n: plan.version, from: plan.validFrom })}
    >
      <CardSection title={t(words('items'))}>
        <ul className={styles.items} data-plan={plan.version}>
          {plan.items.map((item) => (
            <ItemLine key={item.key} item={item} />
          ))}
        </ul>
        {isPlanner && (
          <Button className={styles.edit} onClick={() => setOpen(true)}>
            <SlidersHorizontal aria-hidden />
            {t(words('edit'))}
          </Button>
        )}
      </CardSection>
      <CardSection title={t(words('versions'))} caption={t(words('versionsNote'))}>
        <ul className={styles.versions}>
          {plans.toReversed().map((each) => (
            <li key={each.version} data-version={each.version}>
              <b>{t(words('version'), { n: each.version, from: each.validFrom })}</b>
              <small>{[each.note, actorName(each.actor), stamp(each.recordedAt)].filter(Boolean).join(' · ')}</small>
            </li>
          ))}
        </ul>
      </CardSection>
      {isOpen && <PlanEditor plans={plans} level={level} onClose={() => setOpen(false)} />}
    </Card>
  );
};
