'use client';

import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/base/button';
import { useShortcut } from '@/components/base/shortcut';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import { Legend } from '@/components/map/legend';
import { LayerPicker } from '@/components/map/picker';
import { PanelFrame } from '@/components/panel/panel-frame';
import { partsOf } from '@/components/panel/question';
import { panelByKey } from '@/components/panels';
import { Place } from '../place';
import { ScreenRoot } from '../screen-root';
import { FilterBar } from './filter-bar';
import { Help } from './help';
import { cardOf, layouts, mapLayers } from './layout';
import styles from './screen.module.css';
import { Stage } from './stage';
import { useChosenTheme } from './theme';
import { TopBar } from './top-bar';
import { useBreadth } from './use-breadth';

/** Facets, layers and legend: what is shown and what is left out. */
const Side = () => (
  <div className={styles.side}>
    <div className={styles.sideScroll}>
      <PanelFrame panel={panelByKey('facets')} size="desk" />
      <div className={styles.layers}>
        <LayerPicker layers={mapLayers} />
      </div>
    </div>
    <div className={styles.legend}>
      <Legend size="desk" layers={mapLayers} />
    </div>
  </div>
);

const CardFrame = () => {
  const { view } = useView();
  const key = cardOf(partsOf(view.selection)?.kind);
  return <PanelFrame key={key} panel={panelByKey(key)} size="desk" />;
};

/** Esc and up climb, Enter descends, L goes to the layers, ? explains. */
const useKeys = (onHelp: () => void) => {
  const { view, set } = useView();
  const divisions = useDivisions();
  const climb = () => {
    if (view.selection) return void set({ selection: null });
    const parent = view.division ? divisions.byCode(view.division)?.parent : null;
    if (!parent || !divisions.byCode(parent)) return false;
    const isRoot = parent === divisions.root.code;
    return void set({ division: isRoot ? null : parent, camera: null });
  };
  const descend = () => {
    const selected = partsOf(view.selection);
    if (selected?.kind !== 'division') return false;
    return void set({ division: selected.code, selection: null, camera: null });
  };
  useShortcut({
    escape: climb,
    arrowup: ({ target }) => (target === document.body ? climb() : false),
    enter: descend,
    l: () => void document.querySelector<HTMLInputElement>('[data-picker] input')?.focus(),
    '?': () => void onHelp(),
  });
};

type OverlayProps = { kind: 'card' | 'facets'; hasClose: boolean; onClose: () => void; children: ReactNode };

/** A column of the wide desk, laid over the rest where there is no room for it. */
const Overlay = ({ kind, hasClose, onClose, children }: OverlayProps) => {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <aside className={styles[kind]} data-size="desk" aria-label={t(`mid.${kind}`)} tabIndex={0}>
      {hasClose && (
        <Button kind="icon" className={styles.close} aria-label={t('common.action.close')} onClick={onClose}>
          <X aria-hidden />
        </Button>
      )}
      {children}
    </aside>
  );
};

/** Columns of the wide desk beside the map. */
const Columns = ({ hasSide, hasCard }: { hasSide: boolean; hasCard: boolean }) => {
  const { t } = useText();
  return (
    <>
      {hasSide && (
        <aside className={styles.sideArea} aria-label={t('mid.facets')}>
          <Side />
        </aside>
      )}
      {hasCard && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <aside className={styles.cardArea} aria-label={t('mid.card')} tabIndex={0}>
          <CardFrame />
        </aside>
      )}
    </>
  );
};

const Desk = () => {
  const { view, set } = useView();
  const breadth = useBreadth();
  const [open, setOpen] = useState({ help: false, facets: false, card: false });
  const turn = (part: Partial<typeof open>) => setOpen({ ...open, ...part });
  useKeys(() => turn({ help: true }));
  const isWide = breadth === 'wide';
  const isSlim = breadth === 'slim';
  const hasCard = open.card || view.selection !== null;
  const closeCard = () => {
    turn({ card: false });
    set({ selection: null });
  };
  return (
    <>
      <Place layout={layouts[breadth]} size="desk" className={styles.desk} areaClassName={styles.panel}>
        <TopBar onHelp={() => turn({ help: true })} />
        <FilterBar
          onFacets={isSlim ? () => turn({ facets: !open.facets }) : null}
          onCard={isWide ? null : () => (hasCard ? closeCard() : turn({ card: true }))}
        />
        <Stage />
        <Columns hasSide={!isSlim} hasCard={isWide} />
      </Place>
      {isSlim && open.facets && (
        <Overlay kind="facets" hasClose onClose={() => turn({ facets: false })}>
          <Side />
        </Overlay>
      )}
      {!isWide && hasCard && (
        <Overlay kind="card" hasClose={view.selection === null} onClose={closeCard}>
          <CardFrame />
        </Overlay>
      )}
      <Help isOpen={open.help} onClose={() => turn({ help: false })} />
    </>
  );
};

/** The analyst's desk (中屏): facets, map with time rail, trend, ranking, table, card. */
export const MidScreen = () => {
  const theme = useChosenTheme();
  return (
    <ScreenRoot screen="mid" theme={theme} size="desk">
      <Desk />
    </ScreenRoot>
  );
};
