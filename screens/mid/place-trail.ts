'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { partsOf } from '@/components/panel/question';
import type { DivisionNode } from '@/data/model/division';
import type { View } from '@/data/model/view';

export type StepKind = DivisionNode['level'] | 'block' | 'building' | 'dwelling';
export type Place = { code: string; name: string };

/** One step of the way from the root of the territory down to what is selected. */
export type Step = Place & {
  kind: StepKind;
  /** What lies beside it, itself included. */
  siblings: Place[];
};

type Trail = Outputs['place']['trail'];
const below = ['block', 'building', 'dwelling'] as const;
type Below = (typeof below)[number];
const isBelow = (kind: string | undefined): kind is Below => below.some((known) => known === kind);

/** What changes in the View when one goes to a step: a division is entered, a smaller place selected and brought near. */
export const goTo = (kind: StepKind, code: string, root: string): Partial<View> =>
  isBelow(kind)
    ? { selection: `${kind}:${code}` }
    : { division: code === root ? null : code, selection: null, camera: null };

type Named = { code: string; name: string; nameEn: string };
const useToPlace = () => {
  const { lang } = useText();
  return ({ code, name, nameEn }: Named): Place => ({ code, name: lang === 'zh' ? name : nameEn });
};

/** Block, building and dwelling of the selection, as far as it goes. */
const useStepsBelow = (trail: Trail | undefined, kind: string | undefined): Step[] => {
  const toPlace = useToPlace();
  if (!trail || !isBelow(kind)) return [];
  return below.slice(0, below.indexOf(kind) + 1).flatMap((each): Step[] => {
    const { here, siblings } = trail[each];
    return here ? [{ ...toPlace(here), kind: each, siblings: siblings.map(toPlace) }] : [];
  });
};

/** What lies below the last step: the first finer kind that has any. */
const useChildren = (trail: Trail | undefined, kind: string | undefined): Step | null => {
  const toPlace = useToPlace();
  if (!trail) return null;
  const finer = below.slice(isBelow(kind) ? below.indexOf(kind) + 1 : 0);
  const next = finer.find((each) => trail[each].siblings.length > 0);
  return next ? { kind: next, code: '', name: '', siblings: trail[next].siblings.map(toPlace) } : null;
};

/** The way from the grid down to what is selected; from the grid looked at when nothing below it is. */
const useTrail = () => {
  const api = useTRPC();
  const { view } = useView();
  const divisions = useDivisions();
  const selected = partsOf(view.selection);
  const kind = isBelow(selected?.kind) ? selected.kind : null;
  const grid = divisions.byCode(view.division)?.level === 'grid' ? view.division : null;
  const ask = kind && selected ? { kind, code: selected.code } : grid ? { kind: 'grid' as const, code: grid } : null;
  const { data } = useQuery({
    ...api.place.trail.queryOptions(ask ?? { kind: 'grid', code: '-' }, {
      enabled: ask !== null,
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    }),
    placeholderData: ask ? keepPreviousData : undefined,
  });
  return { trail: ask ? data : undefined, kind: kind ?? undefined };
};

/** The way down to what is looked at: divisions, then block, building and dwelling of the selection; and what lies below. */
export const usePlaceTrail = () => {
  const { view } = useView();
  const divisions = useDivisions();
  const { trail, kind } = useTrail();
  const steps = useStepsBelow(trail, kind);
  const children = useChildren(trail, kind);
  const root = divisions.root.code;
  const nodes = divisions.trail((trail?.grid && divisions.byCode(trail.grid)?.code) || view.division || root);
  const toPlace = (node: DivisionNode): Place => ({ code: node.code, name: divisions.name(node.code) });
  const above = nodes.map((node, i): Step => {
    const siblings = i > 0 && node.parent ? divisions.children(node.parent).map(toPlace) : [];
    return { ...toPlace(node), kind: node.level, siblings };
  });
  const inside = divisions.children(nodes.at(-1)?.code ?? root);
  const subdivisions = inside[0] && { kind: inside[0].level, code: '', name: '', siblings: inside.map(toPlace) };
  return {
    steps: [...above, ...steps],
    children: subdivisions ?? children,
    position: trail?.position ?? null,
    root,
  };
};
