'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { ChoiceMenu } from '@/components/base/menu';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import type { DivisionNode } from '@/data/model/division';
import styles from './filter-bar.module.css';

const choicesOf = (nodes: readonly DivisionNode[], name: (code: string) => string) =>
  nodes.map(({ code }) => ({ value: code, label: name(code) }));

type GoTo = (code: string) => void;

const Step = ({
  node,
  isFirst,
  isLast,
  goTo,
}: {
  node: DivisionNode;
  isFirst: boolean;
  isLast: boolean;
  goTo: GoTo;
}) => {
  const { t } = useText();
  const divisions = useDivisions();
  const siblings = !isFirst && node.parent ? divisions.children(node.parent) : [];
  const name = divisions.name(node.code);
  return (
    <li>
      {!isFirst && <ChevronRight aria-hidden className={styles.separator} />}
      <button
        type="button"
        className={styles.step}
        aria-current={isLast ? 'location' : undefined}
        onClick={() => goTo(node.code)}
      >
        {name}
      </button>
      {siblings.length > 1 && (
        <ChoiceMenu
          label={t('mid.siblings', { name })}
          value={node.code}
          choices={choicesOf(siblings, divisions.name)}
          onChoose={goTo}
          className={styles.siblings}
        >
          <ChevronDown aria-hidden />
        </ChoiceMenu>
      )}
    </li>
  );
};

const Children = ({ nodes, goTo }: { nodes: readonly DivisionNode[]; goTo: GoTo }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const level = nodes[0]?.level;
  if (!level) return null;
  return (
    <li>
      <ChevronRight aria-hidden className={styles.separator} />
      <ChoiceMenu
        label={t('mid.children', { level: t(`common.thing.${level}`) })}
        value={null}
        choices={choicesOf(nodes, divisions.name)}
        onChoose={goTo}
        className={styles.children}
      >
        {t(`common.thing.${level}`)}
        <ChevronDown aria-hidden />
      </ChoiceMenu>
    </li>
  );
};

/** Where one stands, from the root of the territory down; every step opens its siblings, the last its children. */
export const Breadcrumb = () => {
  const { t } = useText();
  const { view, set } = useView();
  const divisions = useDivisions();
  const trail = divisions.trail(view.division ?? divisions.root.code);
  const here = trail.at(-1) ?? divisions.root;
  const goTo: GoTo = (code) =>
    set({ division: code === divisions.root.code ? null : code, selection: null, camera: null });
  return (
    <nav aria-label={t('mid.trail')} className={styles.trail}>
      <ol>
        {trail.map((node, i) => (
          <Step key={node.code} node={node} isFirst={i === 0} isLast={node.code === here.code} goTo={goTo} />
        ))}
        <Children nodes={divisions.children(here.code)} goTo={goTo} />
      </ol>
    </nav>
  );
};
