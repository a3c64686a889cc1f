'use client';

import { type UseQueryOptions, type UseQueryResult, useQueries } from '@tanstack/react-query';
import { Component, type ReactNode, useMemo } from 'react';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { useBrushed } from '../feed/brush';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useKept } from '../feed/kept';
import { isLive, useLive } from '../feed/live';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useView } from '../feed/view';
import { PanelExport, PanelExportContext } from './export-button';
import { exportedBy } from './exported';
import type { DataOf, DrawContext, Panel, PanelQueries, PanelSize } from './panel';
import styles from './panel-frame.module.css';
import { lateness } from './staleness';

export type PanelState = 'waiting' | 'ready' | 'empty' | 'stale' | 'withheld' | 'failed';

/** A failed request as far as the frame cares: its Problem code and trace. */
type Failure = { code: string; message: string };

const failureOf = (error: unknown): Failure => {
  const data = (error as { data?: { problem?: { code: string } | null } | null }).data;
  return {
    code: data?.problem?.code ?? 'unavailable',
    message: error instanceof Error ? error.message : String(error),
  };
};

class Boundary extends Component<
  { children: ReactNode; fallback: (failure: Failure) => ReactNode },
  { failure: Failure | null }
> {
  override state = { failure: null };
  static getDerivedStateFromError(error: unknown) {
    return { failure: failureOf(error) };
  }
  override render() {
    return this.state.failure ? this.props.fallback(this.state.failure) : this.props.children;
  }
}

type ShellProps = {
  panel: Panel;
  size: PanelSize;
  state: PanelState;
  caption?: ReactNode;
  aside?: ReactNode;
  age?: string | null;
  children: ReactNode;
};

/** The panel's title row and body in one of the six states; draws nothing of its own. */
export const PanelShell = ({ panel, size, state, caption, aside, age, children }: ShellProps) => {
  const { t } = useText();
  return (
    <section
      className={styles.frame}
      data-panel={panel.key}
      data-size={size}
      data-state={state}
      aria-label={t(`panel.${panel.key}.title`)}
      aria-busy={state === 'waiting'}
    >
      {!panel.isBare && (
        <h2 className={styles.head}>
          <span>{t(`panel.${panel.key}.title`)}</span>
          {caption && <span className={styles.caption}>{caption}</span>}
          {age ? <span className={styles.badge}>◔ {age}</span> : aside && <span className={styles.aside}>{aside}</span>}
          {size === 'desk' && (
            <span className={styles.export}>
              <PanelExport />
            </span>
          )}
        </h2>
      )}
      <div className={styles.body}>{children}</div>
    </section>
  );
};

/** What stands in the body when there is no drawing. */
export const PanelMessage = ({ text, detail, onRetry }: { text: string; detail?: string; onRetry?: () => void }) => {
  const { t } = useText();
  return (
    <div className={styles.message} role="status">
      <span>{text}</span>
      {detail && <span>{detail}</span>}
      {onRetry && (
        <button type="button" className={styles.retry} onClick={onRetry}>
          {t('common.state.retry')}
        </button>
      )}
    </div>
  );
};

export const PanelSkeleton = () => <div className={styles.skeleton} />;

type FrameProps = { panel: Panel; size: PanelSize; tier?: DrawContext<PanelQueries>['tier'] };
type AnsweredProps = Required<FrameProps> &
  Pick<DrawContext<PanelQueries>, 'view' | 'set'> & {
    asked: PanelQueries;
    results: readonly UseQueryResult[];
  };

/** A panel with what was answered, in the state it is in: drawn anew under a brush, with nothing asked again. */
const AnsweredPanel = ({ panel, size, tier, view, set, asked, results }: AnsweredProps) => {
  const { t } = useText();
  const { isLost, age } = useLive();
  const tick = useTick();
  const keys = Object.keys(asked);
  const exported = useMemo(() => {
    const what = exportedBy(asked);
    return what && { what, panel: panel.key };
  }, [asked, panel]);
  const isOwn = (active: DimensionKey, i: number) => panel.isOwnBrush?.(active, keys[i] ?? '') ?? false;
  const brushed = useBrushed(
    keys.map((key) => asked[key]?.queryKey ?? []),
    'figure',
    isOwn,
  );
  const dataOf = (key: string, i: number): unknown => {
    const queryKey = asked[key]?.queryKey;
    return queryKey ? brushed(queryKey, results[i]?.data, (active) => isOwn(active, i)) : undefined;
  };
  const kept = useKept(new Map(keys.map((key, i) => [key, dataOf(key, i)])));
  const errorResult = results.find((result) => result.isError && result.data === undefined);
  if (errorResult) {
    const failure = failureOf(errorResult.error);
    const isWithheld = failure.code === 'withheld' || failure.code === 'not_allowed';
    return (
      <PanelShell panel={panel} size={size} state={isWithheld ? 'withheld' : 'failed'}>
        <PanelMessage
          text={t(`common.problem.${failure.code}`)}
          detail={isWithheld ? undefined : failure.message}
          onRetry={isWithheld || size === 'wall' ? undefined : () => void errorResult.refetch()}
        />
      </PanelShell>
    );
  }
  if (keys.some((key) => kept.get(key) === undefined)) {
    return (
      <PanelShell panel={panel} size={size} state="waiting">
        <PanelSkeleton />
      </PanelShell>
    );
  }
  const data = Object.fromEntries(kept) as DataOf<PanelQueries>;
  const isBehind = results.some((result) => result.data === undefined);
  const context: DrawContext<PanelQueries> = { data, view, set, size, tier };
  const isEmpty = panel.empty?.(data) ?? false;
  const lateOf = (key: string, i: number) => {
    const queryKey = asked[key]?.queryKey;
    return queryKey && isLive({ queryKey }) ? lateness(results[i]?.data, tick) : 0;
  };
  const late = view.at ? 0 : Math.max(0, ...keys.map(lateOf));
  // what stood at a past instant does not grow old
  const isStale = view.at === null && (isLost || late > 0);
  const hasExport = size === 'desk' && !panel.hasExport && !isEmpty;
  const state: PanelState = isBehind ? 'waiting' : isStale ? 'stale' : isEmpty ? 'empty' : 'ready';
  const staleAge = late > 0 ? t('common.age.minutes', { minutes: Math.round(late / 60_000) }) : age;
  return (
    <Boundary
      fallback={(failure) => (
        <PanelShell panel={panel} size={size} state="failed">
          <PanelMessage text={t('common.problem.unavailable')} detail={failure.message} />
        </PanelShell>
      )}
    >
      <PanelExportContext value={hasExport ? exported : null}>
        <PanelShell
          panel={panel}
          size={size}
          state={state}
          caption={panel.caption?.(context)}
          aside={panel.aside?.(context)}
          age={isStale ? staleAge : null}
        >
          {isEmpty ? <PanelMessage text={t(`panel.${panel.key}.empty`)} /> : panel.draw(context)}
        </PanelShell>
      </PanelExportContext>
    </Boundary>
  );
};

/** Asks for a panel's data and draws it in the state it is in. */
export const PanelFrame = ({ panel, size, tier = 'XL' }: FrameProps) => {
  const api = useTRPC();
  const { view, set } = useView();
  const divisions = useDivisions();
  const asked = panel.ask({ view, api, divisions, size });
  const results = useQueries({ queries: Object.values(asked).map((query) => query as UseQueryOptions) });
  return <AnsweredPanel {...{ panel, size, tier, view, set, asked, results }} />;
};
