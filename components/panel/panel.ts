import type { ReactNode } from 'react';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import type { Api } from '../feed/trpc';

/** Where a panel stands: video wall, desk, tablet or phone, printed page. */
export type PanelSize = 'wall' | 'desk' | 'hand' | 'paper';

/** Anything `api.….queryOptions()` returns; `DataOf` recovers the exact answer type from its query function. */
export type PanelQuery = { queryKey: readonly unknown[]; queryFn?: unknown };
export type PanelQueries = Record<string, PanelQuery>;
export type DataOf<Q extends PanelQueries> = {
  [K in keyof Q]: Q[K] extends { queryFn?: infer F } ? AnswerOf<NonNullable<F>> : never;
};
type AnswerOf<F> = F extends (context: never) => infer R ? Awaited<R> : never;

export type AskContext = { view: View; api: Api; divisions: Divisions; size: PanelSize };
export type DrawContext<Q extends PanelQueries> = {
  data: DataOf<Q>;
  view: View;
  set: (patch: Partial<View>) => void;
  size: PanelSize;
  /** Content tier of a wall: XL both wings full, L narrow, S single row. Other sizes get XL. */
  tier: 'XL' | 'L' | 'S';
};

/** A panel: what it asks, how it draws, when it is empty. The frame supplies all else. */
export type Panel<Q extends PanelQueries = PanelQueries> = {
  /** Also the prefix of its texts: `panel.<key>.title`, `.caption`, `.empty`. */
  key: string;
  sizes: readonly PanelSize[];
  ask: (context: AskContext) => Q;
  draw: (context: DrawContext<Q>) => ReactNode;
  /** True when there is nothing to draw; the frame then says what was looked for. */
  empty?: (data: DataOf<Q>) => boolean;
  /** Words right of the title: unit, period. */
  caption?: (context: DrawContext<Q>) => ReactNode;
  /** Right end of the title row. */
  aside?: (context: DrawContext<Q>) => ReactNode;
  /** True for answers, by their name, that a brush over the dimension leaves alone: those of the chart under the hand. */
  isOwnBrush?: (active: DimensionKey, name: string) => boolean;
  /** No title row: the panel draws its own head. */
  isBare?: boolean;
  /** The panel draws its own export. */
  hasExport?: boolean;
};

/** Declares a panel with its data types inferred, and hides them from those who only place panels. */
export const definePanel = <Q extends PanelQueries>(panel: Panel<Q>): Panel => panel as unknown as Panel;
