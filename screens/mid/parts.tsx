'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/base/button';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import { Legend } from '@/components/map/legend';
import { LayerPicker } from '@/components/map/picker';
import { PanelFrame } from '@/components/panel/panel-frame';
import { partsOf } from '@/components/panel/question';
import { panelByKey } from '@/components/panels';
import { isAtGate } from '@/data/model/theme';
import { cardOf, mapLayers } from './layout';
import styles from './screen.module.css';

/** Facets, layers and legend: what is shown and what is left out. */
export const Side = () => (
  <div className={styles.side}>
    <div className={styles.sideScroll}>
      <PanelFrame panel={panelByKey('facets')} size="desk" />
      <div className={styles.layers}>
        <LayerPicker layers={mapLayers} />
      </div>
    </div>
    <div className={styles.legend}>
      <Legend size="desk" layers={mapLayers} isInteractive />
    </div>
  </div>
);

/** The card of what is selected. */
export const CardFrame = () => {
  const { view } = useView();
  const key = cardOf(partsOf(view.selection)?.kind);
  return <PanelFrame key={key} panel={panelByKey(key)} size="desk" />;
};

type OverlayProps = { kind: 'card' | 'facets'; hasClose: boolean; onClose: () => void; children: ReactNode };

/** A column of the wide desk, laid over the rest where there is no room for it. */
export const Overlay = ({ kind, hasClose, onClose, children }: OverlayProps) => {
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
export const Columns = ({ hasSide, hasCard }: { hasSide: boolean; hasCard: boolean }) => {
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

/** Kinds whose card carries what may be done with it. */
const pressed = ['ticket', 'whistle'];

type ChosenProps = { kind: string; card: string; moves: string };

/** What is selected, if it is of the kind, and what may be done with it; words while nothing is. */
const Chosen = ({ kind, card, moves }: ChosenProps) => {
  const { t } = useText();
  const { view } = useView();
  const chosen = partsOf(view.selection)?.kind ?? '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className={styles.detail} data-detail="" aria-label={t('mid.detail')} tabIndex={0}>
      {pressed.includes(chosen) ? (
        <PanelFrame key={view.selection} panel={panelByKey(cardOf(chosen))} size="desk" />
      ) : chosen === kind ? (
        <>
          <PanelFrame key={view.selection} panel={panelByKey(card)} size="desk" />
          <div className={styles.moves}>
            <PanelFrame panel={panelByKey(moves)} size="desk" />
          </div>
        </>
      ) : (
        <p className={styles.choose}>{t(`mid.choose.${kind}`)}</p>
      )}
    </section>
  );
};

/** The selected event. */
export const Detail = () => <Chosen kind="event" card="event-card" moves="desk-moves" />;

/** The selected dispute. */
export const Disputed = () => <Chosen kind="dispute" card="dispute-card" moves="dispute-moves" />;

/** Panels of what is selected, one below the other; the forms of new things while nothing is. */
const Stacked = ({ panelsOf }: { panelsOf: (kind: string) => readonly string[] }) => {
  const { t } = useText();
  const { view } = useView();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className={styles.detail} data-detail="" aria-label={t('mid.detail')} tabIndex={0}>
      {panelsOf(partsOf(view.selection)?.kind ?? '').map((key) => (
        <PanelFrame key={`${key} ${view.selection}`} panel={panelByKey(key)} size="desk" />
      ))}
    </section>
  );
};

/** The selected campaign; the form of a new one while none is. */
export const Campaigned = () => (
  <Stacked panelsOf={(kind) => [kind === 'campaign' ? 'campaign-card' : 'campaign-form']} />
);

/** The selected joint-control ticket; while none is and the clock is live, the form of a new one. */
export const Controlled = () => {
  const { view } = useView();
  const isFree = partsOf(view.selection)?.kind !== 'control' && view.at === null;
  if (!isFree) return <Chosen kind="control" card="control-card" moves="control-moves" />;
  return <Stacked panelsOf={() => ['control-push']} />;
};

const standbyCards: Record<string, string> = { drill: 'drill-card', muster: 'muster-card' };

/** The roll call or the drill that is chosen; the forms of new ones while none is. */
export const StoodBy = () => (
  <Stacked
    panelsOf={(kind) => {
      const card = standbyCards[kind];
      return card ? [card] : ['muster-form', 'drill-form'];
    }}
  />
);

const fieldCards: Record<string, string> = { errand: 'errand-card', volunteer: 'volunteer-card', team: 'team-card' };

/** The errands, the call or the team that is chosen; the forms of new ones while none is. */
export const Fielded = () => (
  <Stacked
    panelsOf={(kind) => {
      const card = fieldCards[kind];
      return card ? [card] : ['errand-form', 'volunteer-form'];
    }}
  />
);

/** The selected list of addresses; while none is, one address to try and the form that hands in a list. */
export const Addressed = () => (
  <Stacked panelsOf={(kind) => (kind === 'address' ? ['address-card'] : ['address-try', 'address-hand'])} />
);

/** The selected person of the register; while none is, where help is due. */
export const Cared = () => <Stacked panelsOf={(kind) => [kind === 'care' ? 'care-card' : 'care-supply']} />;
const catalogCards: Record<string, string> = { catalog: 'catalog-card', retention: 'retention-card' };

/** The selected field or timer; while none is, what is kept how long. */
export const Catalogued = () => <Stacked panelsOf={(kind) => [catalogCards[kind] ?? 'retention-list']} />;
/** The card of what is chosen of a theme's rows, their map or their tree. */
export const Themed = () => {
  const { t } = useText();
  const { view } = useView();
  const isGate = isAtGate(view);
  if (isGate || view.selection !== null) return <Stacked panelsOf={(kind) => [cardOf(isGate ? undefined : kind)]} />;
  return (
    <section className={styles.detail} data-detail="" aria-label={t('mid.detail')}>
      <p className={styles.choose}>{t('mid.choose.theme')}</p>
    </section>
  );
};

/** The selected account; the form of a new one while none is. */
export const Accounted = () => <Stacked panelsOf={(kind) => [kind === 'account' ? 'account-card' : 'account-form']} />;

/** The selected batch; while none is, quality by community, the rules, and the form that runs them. */
export const Verified = () => (
  <Stacked
    panelsOf={(kind) =>
      kind === 'verify'
        ? ['verify-card']
        : ['verify-quality', 'record-origin', 'collection-open', 'verify-rules', 'verify-form']
    }
  />
);

/** What the metric at hand means. */
export const Meaning = () => {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <aside className={styles.meaning} aria-label={t('mid.meaning')} tabIndex={0}>
      <PanelFrame panel={panelByKey('explorer-card')} size="desk" />
    </aside>
  );
};

/** The plan of the level looked at, or the subject chosen in the table. */
export const Assessed = () => {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <aside className={styles.detail} data-detail="" aria-label={t('mid.assessed')} tabIndex={0}>
      <PanelFrame panel={panelByKey('assess-detail')} size="desk" />
    </aside>
  );
};
