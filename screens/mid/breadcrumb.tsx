'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { ChoiceMenu } from '@/components/base/menu';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import styles from './filter-bar.module.css';
import { goTo, type Place, type Step, type StepKind, usePlaceTrail } from './place-trail';

type GoTo = (kind: StepKind, code: string) => void;

const choicesOf = (places: readonly Place[]) => places.map(({ code, name }) => ({ value: code, label: name }));

const Segment = ({ step, isFirst, isLast, go }: { step: Step; isFirst: boolean; isLast: boolean; go: GoTo }) => {
  const { t } = useText();
  const { kind, code, name, siblings } = step;
  return (
    <li>
      {!isFirst && <ChevronRight aria-hidden className={styles.separator} />}
      <button
        type="button"
        className={styles.step}
        data-kind={kind}
        aria-current={isLast ? 'location' : undefined}
        onClick={() => go(kind, code)}
      >
        {name}
      </button>
      {siblings.length > 1 && (
        <ChoiceMenu
          label={t('mid.siblings', { name })}
          value={code}
          choices={choicesOf(siblings)}
          onChoose={(chosen) => go(kind, chosen)}
          className={styles.siblings}
        >
          <ChevronDown aria-hidden />
        </ChoiceMenu>
      )}
    </li>
  );
};

const Children = ({ step, go }: { step: Step; go: GoTo }) => {
  const { t } = useText();
  const level = t(`common.thing.${step.kind}`);
  return (
    <li>
      <ChevronRight aria-hidden className={styles.separator} />
      <ChoiceMenu
        label={t('mid.children', { level })}
        value={null}
        choices={choicesOf(step.siblings)}
        onChoose={(code) => go(step.kind, code)}
        className={styles.children}
      >
        {level}
        <ChevronDown aria-hidden />
      </ChoiceMenu>
    </li>
  );
};

/** Where one stands, from the root of the territory down to a dwelling; every step opens its siblings, the last its children. */
export const Breadcrumb = () => {
  const { t } = useText();
  const { set } = useView();
  const { steps, children, root } = usePlaceTrail();
  const go: GoTo = (kind, code) => set(goTo(kind, code, root));
  return (
    <nav aria-label={t('mid.trail')} className={styles.trail}>
      <ol>
        {steps.map((step, i) => (
          <Segment key={step.code} step={step} isFirst={i === 0} isLast={i === steps.length - 1} go={go} />
        ))}
        {children && <Children step={children} go={go} />}
      </ol>
    </nav>
  );
};
