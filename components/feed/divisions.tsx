'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { type DivisionLevel, type DivisionNode, type EndedDivision, eraOf } from '@/data/model/division';
import { FeedFailure } from './failure';
import { useText } from './text';
import { useTRPC } from './trpc';
import { useView } from './view';

export type Divisions = {
  /** Root of the caller's territory. */
  root: DivisionNode;
  byCode: (code: string | null | undefined) => DivisionNode | undefined;
  children: (code: string) => DivisionNode[];
  /** From the root of the territory down to the node itself. */
  trail: (code: string) => DivisionNode[];
  /** Nodes of a level at or below a division. */
  below: (code: string, level: DivisionLevel) => DivisionNode[];
  /** Name in the language of the screen, of an ended division too; the code when unknown, a dash when null. */
  name: (code: string | null | undefined) => string;
  /** Boundaries are those of this instant (`eraOf`); null = of now. */
  era: string | null;
};

/** What a tree is told with besides its nodes. */
type Told = { era?: string | null; ended?: ReadonlyMap<string, string> };

const DivisionsContext = createContext<Divisions | null>(null);

export const useDivisions = (): Divisions => {
  const divisions = useContext(DivisionsContext);
  if (!divisions) throw new Error('useDivisions needs a FeedProvider above it.');
  return divisions;
};

/** Index over the tree of the caller's territory. */
export const indexDivisions = (
  nodes: DivisionNode[],
  rootCode: string,
  lang: 'zh' | 'en',
  { era = null, ended = new Map() }: Told = {},
): Divisions | null => {
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
      if (node) return lang === 'zh' ? node.name : node.nameEn;
      return code ? (ended.get(code) ?? code) : '—';
    },
    era,
  };
};

/** Ended divisions in words, with what became of them: `East (now North)`. */
const useEnded = (isAsked: boolean, nodes: DivisionNode[] | undefined): ReadonlyMap<string, string> => {
  const api = useTRPC();
  const { t, lang } = useText();
  const asked = useQuery(api.division.ended.queryOptions(undefined, { staleTime: Infinity, enabled: isAsked }));
  return useMemo(() => {
    const rows = new Map((asked.data ?? []).map((row) => [row.code, row]));
    const living = new Map((nodes ?? []).map((node) => [node.code, node]));
    const nameOf = (node: { name: string; nameEn: string }) => (lang === 'zh' ? node.name : node.nameEn);
    const heirOf = (code: string | null): DivisionNode | undefined => {
      const next = code === null ? undefined : rows.get(code);
      return next ? heirOf(next.heir) : living.get(code ?? '');
    };
    const words = (row: EndedDivision) => {
      const heir = heirOf(row.heir);
      return heir ? t('common.division.ended', { name: nameOf(row), heir: nameOf(heir) }) : nameOf(row);
    };
    return new Map([...rows.values()].map((row) => [row.code, words(row)]));
  }, [asked.data, nodes, lang, t]);
};

/** Asks for tree and outlines again once boundaries have been cut anew. */
const useFreshBoundaries = (nRecuts: number): void => {
  const api = useTRPC();
  const client = useQueryClient();
  const seen = useRef(nRecuts);
  useEffect(() => {
    if (seen.current === nRecuts) return;
    seen.current = nRecuts;
    void client.invalidateQueries(api.division.pathFilter());
    void client.invalidateQueries({ queryKey: ['map'] });
  }, [nRecuts, client, api]);
};

/** The tree of the caller's territory as it was at the screen's clock. */
export const DivisionsProvider = ({ children }: { children: ReactNode }) => {
  const api = useTRPC();
  const { lang, installation } = useText();
  const { view } = useView();
  const recuts = installation?.recuts ?? [];
  const era = eraOf(view.at, recuts);
  const tree = useQuery(api.division.tree.queryOptions(undefined, { staleTime: Infinity }));
  const then = useQuery(api.division.tree.queryOptions({ at: era }, { staleTime: Infinity, enabled: era !== null }));
  const caller = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity }));
  useFreshBoundaries(recuts.length);
  const nodes = tree.data;
  const nodesThen = era === null ? undefined : then.data;
  const me = caller.data;
  const ended = useEnded(recuts.length > 0, nodes);
  const divisions = useMemo(() => {
    if (!nodes || !me) return null;
    const now = indexDivisions(nodes, me.division, lang, { ended });
    if (!now || !nodesThen) return now;
    // A post whose division began later looks back with the boundaries of now.
    const later = new Map(nodes.map(({ code }) => [code, now.name(code)]));
    return indexDivisions(nodesThen, me.division, lang, { era, ended: new Map([...ended, ...later]) }) ?? now;
  }, [nodes, nodesThen, me, lang, era, ended]);
  const error = tree.error ?? caller.error;
  if (error && !divisions) return <FeedFailure error={error} lang={lang} />;
  return <DivisionsContext.Provider value={divisions}>{divisions ? children : null}</DivisionsContext.Provider>;
};
