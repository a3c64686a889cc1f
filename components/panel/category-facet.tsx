'use client';

import { ChevronDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import { noCode } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import type { View } from '@/data/model/view';
import {
  type CategoryChoice,
  type CategoryTree,
  chosenOf,
  type FacetRow,
  facetRows,
  facetSource,
  groupState,
  toggleGroup,
  toggleKind,
} from '../chart/facet';
import { useText } from '../feed/text';
import { withClause } from '../feed/view';
import { FacetGroup, FacetLine } from './facet-group';
import styles from './facet-group.module.css';
import { useRowBrush } from './use-row-brush';

const source = facetSource('category');

const useCategoryTree = (): CategoryTree => {
  const { words } = useText();
  return useMemo(() => {
    const kinds = words('event-category');
    const membersOf = (group: string) => kinds.filter(({ parent }) => parent === group).map(({ code }) => code);
    return new Map(words('event-category-l1').map(({ code }) => [code, membersOf(code)]));
  }, [words]);
};

type KindsProps = {
  group: string;
  tree: CategoryTree;
  choice: CategoryChoice;
  choose: (choice: CategoryChoice) => void;
  kinds: Answer;
  view: View;
};

const Kinds = ({ group, tree, choice, choose, kinds, view }: KindsProps) => {
  const { term } = useText();
  const members = tree.get(group) ?? [];
  const chosen = choice.groups.includes(group) ? members : choice.kinds;
  const take = (codes: string[]) => choose({ groups: [], kinds: codes });
  const { touched, handlers } = useRowBrush({ active: 'category', source, view, chosen: choice.kinds, take });
  const hasChoice = touched !== null || choice.groups.length + choice.kinds.length > 0;
  const rows = facetRows(kinds, 'category', { chosen })
    .filter(({ code }) => members.includes(code))
    .map((row) => ({ ...row, isChosen: touched?.includes(row.code) ?? row.isChosen }));
  return (
    <div className={styles.kinds} {...handlers}>
      {rows.map((row) => (
        <FacetLine
          key={row.code}
          row={row}
          answer={kinds}
          label={term('event-category', row.code)}
          isDimmed={hasChoice && !row.isChosen}
          onToggle={() => choose(toggleKind(tree, choice, row.code))}
          onSolo={() => choose({ groups: [], kinds: [row.code] })}
        />
      ))}
    </div>
  );
};

type GroupProps = Omit<KindsProps, 'group'> & {
  row: FacetRow;
  isDimmed: boolean;
  groups: Answer;
  isOpen: boolean;
  onOpen: () => void;
};

const Group = ({ row, isDimmed, groups, isOpen, onOpen, ...rest }: GroupProps) => {
  const { t, term } = useText();
  const { tree, choice, choose } = rest;
  const label = row.code === noCode ? t('panel.facets.none.category') : term('event-category-l1', row.code);
  const state = groupState(tree, choice, row.code);
  const opener = (
    <button
      type="button"
      className={styles.open}
      aria-expanded={isOpen}
      aria-label={t('panel.facets.kindsOf', { name: label })}
      onClick={onOpen}
    >
      <ChevronDown aria-hidden className={styles.arrow} />
    </button>
  );
  return (
    <div className={styles.nest}>
      <FacetLine
        row={{ ...row, isChosen: state === 'all' }}
        isMixed={state === 'some'}
        answer={groups}
        label={label}
        isDimmed={isDimmed}
        onToggle={() => choose(toggleGroup(tree, choice, row.code))}
        onSolo={() => choose({ groups: [row.code], kinds: [] })}
        after={(tree.get(row.code) ?? []).length > 1 && opener}
      />
      {isOpen && <Kinds group={row.code} {...rest} />}
    </div>
  );
};

type CategoryFacetProps = { groups: Answer; kinds: Answer; view: View; set: (patch: Partial<View>) => void };

/** Event category (事件类型): groups that open to their kinds; chosen ones are one clause, groups or kinds. */
export const CategoryFacet = ({ groups, kinds, view, set }: CategoryFacetProps) => {
  const { t } = useText();
  const tree = useCategoryTree();
  const [open, setOpen] = useState<string | null>(null);
  const choice = { groups: chosenOf(view, 'categoryL1'), kinds: chosenOf(view, 'category') };
  const choose = (next: CategoryChoice) => {
    const filters = withClause(view, { source, field: 'categoryL1', values: next.groups });
    set({ filters: withClause({ ...view, filters }, { source, field: 'category', values: next.kinds }) });
  };
  const held = [...tree.keys()].filter((group) => groupState(tree, choice, group) !== 'none');
  const take = (codes: string[]) => choose({ groups: codes, kinds: [] });
  const brush = useRowBrush({ active: 'categoryL1', source, view, chosen: choice.groups, take });
  const drawn = brush.touched ? { groups: [...brush.touched], kinds: [] } : choice;
  const rows = facetRows(groups, 'categoryL1', { chosen: held });
  if (rows.length === 0) return null;
  return (
    <FacetGroup
      title={t('common.dimension.category')}
      rows={rows}
      shown={5}
      brush={brush}
      draw={(row, isDimmed) => (
        <Group
          key={row.code}
          {...{ row, isDimmed, groups, kinds, view, tree, choose }}
          choice={drawn}
          isOpen={open === row.code}
          onOpen={() => setOpen(open === row.code ? null : row.code)}
        />
      )}
    />
  );
};
