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

/** Where one stands, from the root of the territory down; every step opens its siblings, the last its children. */
export const Breadcrumb = () => {
  const { t } = useText();
  const { view, set } = useView();
  const divisions = useDivisions();
  const trail = divisions.trail(view.division ?? divisions.root.code);
  const here = trail.at(-1) ?? divisions.root;
  const children = divisions.children(here.code);
  const childLevel = children[0]?.level;
  const goTo = (code: string) =>
    set({ division: code === divisions.root.code ? null : code, selection: null, camera: null });
  return (
    <nav aria-label={t('mid.trail')} className={styles.trail}>
      <ol>
        {trail.map((node, i) => {
          const siblings = i > 0 && node.parent ? divisions.children(node.parent) : [];
          const isLast = node.code === here.code;
          return (
            <li key={node.code}>
              {i > 0 && <ChevronRight aria-hidden className={styles.separator} />}
              <button
                type="button"
                className={styles.step}
                aria-current={isLast ? 'location' : undefined}
                onClick={() => goTo(node.code)}
              >
                {divisions.name(node.code)}
              </button>
              {siblings.length > 1 && (
                <ChoiceMenu
                  label={t('mid.siblings', { name: divisions.name(node.code) })}
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
        })}
        {childLevel && (
          <li>
            <ChevronRight aria-hidden className={styles.separator} />
            <ChoiceMenu
              label={t('mid.children', { level: t(`common.thing.${childLevel}`) })}
              value={null}
              choices={choicesOf(children, divisions.name)}
              onChoose={goTo}
              className={styles.children}
            >
              {t(`common.thing.${childLevel}`)}
              <ChevronDown aria-hidden />
            </ChoiceMenu>
          </li>
        )}
      </ol>
    </nav>
  );
};
