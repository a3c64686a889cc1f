'use client';

import { FeedProvider } from '@/components/feed/provider';
import { useText } from '@/components/feed/text';
import type { Panel, PanelSize } from '@/components/panel/panel';
import { PanelFrame, PanelMessage, PanelShell, PanelSkeleton, type PanelState } from '@/components/panel/panel-frame';
import { panels } from '@/components/panels';
import styles from './screen.module.css';

const states: PanelState[] = ['ready', 'waiting', 'empty', 'stale', 'withheld', 'failed'];

const Body = ({ panel, state }: { panel: Panel; state: PanelState }) => {
  const { t } = useText();
  if (state === 'waiting' || state === 'stale') return <PanelSkeleton />;
  if (state === 'empty') return <PanelMessage text={t(`panel.${panel.key}.empty`)} />;
  return <PanelMessage text={t(`common.problem.${state === 'withheld' ? 'withheld' : 'unavailable'}`)} />;
};

const Sample = ({ panel, size, state }: { panel: Panel; size: PanelSize; state: PanelState }) => {
  const { t } = useText();
  return (
    <figure className={styles.cell}>
      <figcaption>
        {panel.key} · {size} · {state}
      </figcaption>
      <div className={styles.box} data-size={size} data-sample={`${panel.key}/${size}/${state}`}>
        {state === 'ready' ? (
          <PanelFrame panel={panel} size={size} />
        ) : (
          <PanelShell
            panel={panel}
            size={size}
            state={state}
            age={state === 'stale' ? t('common.age.minutes', { minutes: 6 }) : null}
          >
            <Body panel={panel} state={state} />
          </PanelShell>
        )}
      </div>
    </figure>
  );
};

/** Every panel of the registry, or those of some keys, × size × state: for review and for the picture tests. */
export const GalleryScreen = ({ keys }: { keys: readonly string[] | null }) => (
  <FeedProvider screen="mid">
    <main className={styles.page}>
      {panels
        .filter(({ key }) => keys?.includes(key) ?? true)
        .map((panel) => (
          <section key={panel.key}>
            <h2>{panel.key}</h2>
            {panel.sizes.map((size) => (
              <div key={size} className={styles.row}>
                {states.map((state) => (
                  <Sample key={state} panel={panel} size={size} state={state} />
                ))}
              </div>
            ))}
          </section>
        ))}
    </main>
  </FeedProvider>
);
