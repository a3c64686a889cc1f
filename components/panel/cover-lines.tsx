'use client';

import type { View } from '@/data/model/view';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { CardSection } from './card';
import { PickLine } from './event-line';

/** Every line laid over a base grid with the post that answers for it (多网合一); a line leads to its grid. */
export const CoverLines = ({
  cover,
  set,
}: {
  cover: Outputs['division']['cover'];
  set: (patch: Partial<View>) => void;
}) => {
  const { t, term } = useText();
  return (
    <CardSection title={t('panel.cover-card.lines')} caption={t('panel.cover-card.nLines', { n: cover.lines.length })}>
      {cover.lines.map(({ code, line, department, worker }) => (
        <PickLine
          key={code}
          name={term('specialised-grid', line)}
          detail={[term('department', department), worker].filter(Boolean).join(' · ')}
          onPick={() => set({ selection: `specialised_grid:${code}` })}
        />
      ))}
      {cover.missing.length > 0 && (
        <p>
          {t('panel.cover-card.missing', {
            lines: cover.missing.map((line) => term('specialised-grid', line)).join(t('common.and')),
          })}
        </p>
      )}
    </CardSection>
  );
};
