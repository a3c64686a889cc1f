'use client';

import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import { PanelFrame } from '@/components/panel/panel-frame';
import { partsOf } from '@/components/panel/question';
import { type StoryKey, storyCards } from '@/components/panel/story';
import { panelByKey } from '@/components/panels';
import styles from './screen.module.css';

/** Kinds of selection that open a building's card in place of the story. */
const housed = ['building', 'dwelling'];

export const isHoused = (selection: string | null): boolean => housed.includes(partsOf(selection)?.kind ?? '');

type StoryProps = { card: StoryKey; go: (card: StoryKey) => void };

/** A panel of the story's column with the way back to the card. */
const Aside = ({ panel, back }: { panel: string; back: () => void }) => {
  const { t } = useText();
  return (
    <>
      <button type="button" className={styles.back} onClick={back}>
        <ArrowLeft aria-hidden />
        {t('small.action.back')}
      </button>
      <div className={styles.aside}>
        <PanelFrame panel={panelByKey(panel)} size="hand" />
      </div>
    </>
  );
};

const CardOf = ({ card }: { card: StoryKey }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { view } = useView();
  const place = divisions.name(view.division ?? divisions.root.code);
  const index = storyCards.indexOf(card);
  return (
    <>
      <div className={styles.progress} aria-hidden="true">
        {storyCards.map((key, i) => (
          <i key={key} data-done={i <= index} />
        ))}
      </div>
      <p className={styles.kicker}>{t('small.kicker', { index: index + 1, total: storyCards.length, place })}</p>
      <div className={styles.card}>
        <PanelFrame key={card} panel={panelByKey(card)} size="hand" />
      </div>
    </>
  );
};

/** Column beside the map: the card, or what was opened from it. */
export const Story = ({ card, go, isList }: StoryProps & { isList: boolean }) => {
  const { view, set } = useView();
  const isBuilding = isHoused(view.selection);
  return (
    <section className={styles.story}>
      {isBuilding && <Aside panel="building-card" back={() => set({ selection: null })} />}
      {!isBuilding && isList && <Aside panel="story-events" back={() => go('story-progress')} />}
      {!isBuilding && !isList && <CardOf card={card} />}
    </section>
  );
};

const Step = ({
  icon,
  label,
  to,
  go,
}: {
  icon: ReactNode;
  label: string;
  to: StoryKey | undefined;
  go: StoryProps['go'];
}) => (
  <button type="button" className={styles.step} aria-label={label} disabled={!to} onClick={() => to && go(to)}>
    {icon}
  </button>
);

/** The cards by name, and a step either way. */
export const Contents = ({ card, go }: StoryProps) => {
  const { t } = useText();
  const index = storyCards.indexOf(card);
  return (
    <nav className={styles.cards} aria-label={t('small.contents')}>
      <Step icon={<ChevronLeft />} label={t('common.action.previousPage')} to={storyCards[index - 1]} go={go} />
      {storyCards.map((key) => (
        <button
          key={key}
          type="button"
          className={styles.tab}
          data-card={key}
          aria-current={key === card ? 'step' : undefined}
          onClick={() => go(key)}
        >
          {t(`small.card.${key}`)}
        </button>
      ))}
      <Step icon={<ChevronRight />} label={t('common.action.nextPage')} to={storyCards[index + 1]} go={go} />
    </nav>
  );
};
