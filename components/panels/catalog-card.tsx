'use client';

import type { FieldCard } from '@/data/model/catalog';
import type { View } from '@/data/model/view';
import { useText } from '../feed/text';
import { Card } from '../panel/card';
import { FieldFacts } from '../panel/field-facts';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';

const key = 'catalog-card';

const Body = ({ field, set }: { field: FieldCard; set: (patch: Partial<View>) => void }) => {
  const { t, term, lang } = useText();
  return (
    <Card
      kicker={`${t(`panel.${key}.title`)} · ${field.id}`}
      title={`${field.table[lang]} · ${field[lang]}`}
      note={term('data-class', field.class)}
      onClose={() => set({ selection: null })}
    >
      <FieldFacts field={field} onMetric={(metric) => set({ page: 'explorer', metric })} />
    </Card>
  );
};

/** One field of the store: where from, why, who answers, class, how long, who sees it, how full, what rests on it (数据项). */
export const catalogCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    field: api.catalog.byId.queryOptions({ id: partsOf(view.selection)?.code ?? '' }),
  }),
  draw: ({ data: { field }, set }) => <Body field={field} set={set} />,
});
