'use client';

import { useState } from 'react';
import { useDrill } from '@/components/feed/drill';
import { useView } from '@/components/feed/view';
import { Place } from '../place';
import { ScreenRoot } from '../screen-root';
import { DrillDesk } from './drill-desk';
import { FilterBar } from './filter-bar';
import { Help } from './help';
import { layersAt, layoutOf, placeOf } from './layout';
import {
  Accounted,
  Addressed,
  Assessed,
  Campaigned,
  CardFrame,
  Cared,
  Catalogued,
  Columns,
  Controlled,
  Detail,
  Disputed,
  Fielded,
  Meaning,
  Overlay,
  Side,
  StoodBy,
  Themed,
  Verified,
} from './parts';
import styles from './screen.module.css';
import { Stage } from './stage';
import { useChosenTheme } from './theme';
import { TopBar } from './top-bar';
import { useBreadth } from './use-breadth';
import { useKeys } from './use-keys';

const Desk = () => {
  const { view, set } = useView();
  const breadth = useBreadth();
  const [open, setOpen] = useState({ help: false, facets: false, card: false, table: false });
  const turn = (part: Partial<typeof open>) => setOpen({ ...open, ...part });
  useKeys({ onHelp: () => turn({ help: true }), onTable: () => turn({ table: !open.table }) });
  const place = placeOf(view);
  const { page } = place;
  const isAnalyst = page === 'analyst';
  const hasMap = ['analyst', 'desk', 'explorer', 'theme', 'recut'].includes(page);
  const isWide = breadth === 'wide';
  const isSlim = breadth === 'slim';
  const hasCard = isAnalyst && (open.card || view.selection !== null);
  const closeCard = () => {
    turn({ card: false });
    set({ selection: null });
  };
  return (
    <>
      <Place layout={layoutOf(place, breadth)} size="desk" className={styles.desk} areaClassName={styles.panel}>
        <TopBar onHelp={() => turn({ help: true })} />
        {page === 'assess' && <Assessed />}
        {page === 'dispute' && <Disputed />}
        {page === 'campaign' && <Campaigned />}
        {page === 'control' && <Controlled />}
        {page === 'address' && <Addressed />}
        {page === 'standby' && <StoodBy />}
        {page === 'verify' && <Verified />}
        {page === 'field' && <Fielded />}
        {page === 'care' && <Cared />}
        {page === 'theme' && <Themed />}
        {page === 'account' && <Accounted />}
        {page === 'catalog' && <Catalogued />}
        {hasMap && (
          <>
            <FilterBar
              hasFilters={page !== 'theme' || place.isGate}
              onFacets={isSlim && isAnalyst ? () => turn({ facets: !open.facets }) : null}
              onCard={isWide || !isAnalyst ? null : () => (hasCard ? closeCard() : turn({ card: true }))}
            />
            <Stage
              layers={layersAt(place)}
              hasRail={isAnalyst}
              hasLegend={!isAnalyst}
              isTable={open.table}
              onTable={() => turn({ table: !open.table })}
            />
          </>
        )}
        {isAnalyst && <Columns hasSide={!isSlim} hasCard={isWide} />}
        {page === 'desk' && <Detail />}
        {page === 'explorer' && <Meaning />}
      </Place>
      {isSlim && isAnalyst && open.facets && (
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

const Shown = () => (useDrill() === null ? <Desk /> : <DrillDesk />);

/** The desk (中屏): the analyst's page, the dispatch desk, the metric explorer, assessment, disputes, campaigns, joint control, addresses, readiness, verification, work in the field, care, theme search, boundaries, audit, accounts, the data catalogue; in a drill its queue alone. */
export const MidScreen = () => {
  const theme = useChosenTheme();
  return (
    <ScreenRoot screen="mid" theme={theme} size="desk">
      <Shown />
    </ScreenRoot>
  );
};
