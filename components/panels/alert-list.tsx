'use client';

import { momentOf } from '@/data/model/moment';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import { hiddenRow, useFitRows } from '../base/use-fit';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { setHighlight } from '../map/highlight';
import { AlertWords } from '../panel/alert-words';
import { definePanel } from '../panel/panel';
import styles from './alert-list.module.css';

const key = 'alert-list';

/** Warnings in force (生效预警), the gravest first: what, where, until when. When there is none, since when. */
export const alertList = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api }) => ({ standing: api.alert.inForce.queryOptions(momentOf(view)) }),
  caption: ({ data }) => (data.standing.alerts.length > 0 ? <Caption n={data.standing.alerts.length} /> : null),
  draw: ({ data, view, set, size }) => (
    <Standing standing={data.standing} view={view} set={size === 'wall' ? null : set} />
  ),
});

const Caption = ({ n }: { n: number }) => {
  const { t } = useText();
  return t('panel.alert-list.caption', { n });
};

type StandingProps = {
  standing: Outputs['alert']['inForce'];
  view: View;
  /** Null where nothing can be selected. */
  set: ((patch: Partial<View>) => void) | null;
};

const Standing = ({ standing, view, set }: StandingProps) => {
  const { ref, fits } = useFitRows<HTMLUListElement>(0.3);
  if (standing.alerts.length === 0) return <Quiet since={standing.quietSince} />;
  return (
    <ul className={styles.rows} ref={ref}>
      {standing.alerts.map((alert, i) => {
        const selection = `alert:${alert.id}`;
        const isSelected = view.selection === selection;
        return (
          <li key={alert.id} className={styles.row} style={i < fits ? undefined : hiddenRow}>
            {set ? (
              <button
                type="button"
                className={styles.alert}
                aria-pressed={isSelected}
                onClick={() => set({ selection: isSelected ? null : selection })}
                onPointerEnter={() => setHighlight(selection)}
                onPointerLeave={() => setHighlight(null)}
              >
                <AlertWords alert={alert} asOf={standing.asOf} />
              </button>
            ) : (
              <div className={styles.alert}>
                <AlertWords alert={alert} asOf={standing.asOf} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
};

const Quiet = ({ since }: { since: string | null }) => {
  const { t, lang, installation } = useText();
  const time = since && installation ? formatStamp(new Date(since), installation.timeZone, lang) : null;
  return (
    <p className={styles.quiet} role="status">
      {t('panel.alert-list.empty')}
      {time && <span className={styles.since}>{t('panel.alert-list.quietSince', { time })}</span>}
    </p>
  );
};
