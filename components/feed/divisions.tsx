'use client';

import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { DivisionLevel, DivisionNode } from '@/data/model/division';
import { FeedFailure } from './failure';
import { useText } from './text';
import { useTRPC } from './trpc';

export type Divisions = {
  /** Root of the caller's territory. */
  root: DivisionNode;
  byCode: (code: string | null | undefined) => DivisionNode | undefined;
  children: (code: string) => DivisionNode[];
  /** From the root of the territory down to the node itself. */
  trail: (code: string) => DivisionNode[];
  /** Nodes of a level at or below a division. */
  below: (code: string, level: DivisionLevel) => DivisionNode[];
  /** Name in the language of the screen; the code when unknown, a dash when null. */
  name: (code: string | null | undefined) => string;
};

const DivisionsContext = createContext<Divisions | null>(null);

export const useDivisions = (): Divisions => {
  const divisions = useContext(DivisionsContext);
  if (!divisions) throw new Error('useDivisions needs a FeedProvider above it.');
  return divisions;
};

/** Index over the tree of the caller's territory. */
export const indexDivisions = (nodes: DivisionNode[], rootCode: string, lang: 'zh' | 'en'): Divisions | null => {
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const root = byCode.get(rootCode);
  if (!root) return null;
  const childrenOf = new Map<string | null, DivisionNode[]>();
  for (const node of nodes) childrenOf.set(node.parent, [...(childrenOf.get(node.parent) ?? []), node]);
  const children = (code: string) => childrenOf.get(code) ?? [];
  const below = (code: string, level: DivisionLevel): DivisionNode[] => {
    const node = byCode.get(code);
    if (!node) return [];
    return node.level === level ? [node] : children(code).flatMap((child) => below(child.code, level));
  };
  const trail = (code: string): DivisionNode[] => {
    const node = byCode.get(code);
    if (!node) return [];
    return node.code === root.code || !node.parent ? [node] : [...trail(node.parent), node];
  };
  return {
    root,
    byCode: (code) => (code ? byCode.get(code) : undefined),
    children,
    trail,
    below,
    name: (code) => {
      const node = code ? byCode.get(code) : undefined;
      return node ? (lang === 'zh' ? node.name : node.nameEn) : (code ?? '—');
    },
  };
};

export const DivisionsProvider = ({ children }: { children: ReactNode }) => {
  const api = useTRPC();
  const { lang } = useText();
  const tree = useQuery(api.division.tree.queryOptions(undefined, { staleTime: Infinity }));
  const caller = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity }));
  const nodes = tree.data;
  const me = caller.data;
  const divisions = useMemo(() => (nodes && me ? indexDivisions(nodes, me.division, lang) : null), [nodes, me, lang]);
  const error = tree.error ?? caller.error;
  if (error && !divisions) return <FeedFailure error={error} lang={lang} />;
  return <DivisionsContext.Provider value={divisions}>{divisions ? children : null}</DivisionsContext.Provider>;
};
