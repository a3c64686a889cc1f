'use client';

import { useQuery } from '@tanstack/react-query';
import { Map as MapIcon, Table2 } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/base/button';
import { periodWords } from '@/components/base/period-words';
import { useDivisions } from '@/components/feed/divisions';
import { recutDraft } from '@/components/feed/recut-draft';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import { Legend } from '@/components/map/legend';
import { MapStage } from '@/components/map/map-stage';
import { fillMetric } from '@/components/map/metric-encoding';
import { PanelFrame } from '@/components/panel/panel-frame';
import { panelByKey } from '@/components/panels';
import { metricByKey } from '@/data/metrics';
import { deskPageOf } from '@/data/model/desk-page';
import { cornersOf } from '@/data/model/geo';
import { isAtGate, themeSearchOf } from '@/data/model/theme';
import styles from './stage.module.css';
import { Twin } from './twin';

const railPx = 64;
/** The plate at the top left is not framed out: outlines may run below it. */
const padding = { top: 12, right: 12, bottom: railPx + 8, left: 12 };
/** A small map has no room beside the plate. */
const paddingAlone = { ...padding, top: 56, bottom: 12 };

/** What the map shows, in words. */
const Plate = () => {
  const text = useText();
  const { lang, installation } = text;
  const { view } = useView();
  const divisions = useDivisions();
  const isTheme = deskPageOf(view).page === 'theme' && !isAtGate(view);
  const metric = metricByKey.get(fillMetric(view, installation?.demo !== null));
  return (
    <p className={styles.plate}>
      <b>{divisions.name(view.division ?? divisions.root.code)}</b>
      <span>
        {isTheme ? text.t(`theme.name.${themeSearchOf(view).theme}`) : metric?.[lang]}
        {!isTheme && metric?.time && ` · ${periodWords(view.period, text)}`}
      </span>
    </p>
  );
};

/** Corners of boundaries that are proposed, enough to frame them; undefined = none are. */
const useProposed = () => {
  const { view } = useView();
  const isRecut = deskPageOf(view).page === 'recut';
  const { data } = useQuery({ ...recutDraft, enabled: isRecut });
  return useMemo(() => {
    if (!isRecut || !data) return undefined;
    const corners = data.grids.flatMap(({ geometry }) => cornersOf(geometry));
    const stride = Math.ceil(corners.length / 400);
    return { points: corners.filter((_, i) => i % stride === 0), padding: paddingAlone, maxZoom: 16 };
  }, [isRecut, data]);
};

type StageProps = {
  layers: readonly string[];
  hasRail: boolean;
  /** What its layers mean is told on it, where no column beside it tells it. */
  hasLegend: boolean;
  /** The map's table stands in its place. */
  isTable: boolean;
  onTable: () => void;
};

/** The map, or its table, with the time rail inside the lower edge where the page has no other place for it. */
export const Stage = ({ layers, hasRail, hasLegend, isTable, onTable }: StageProps) => {
  const { t } = useText();
  const framing = useProposed();
  return (
    <main className={styles.stage} aria-label={t('mid.map')}>
      <div className={styles.map} inert={isTable}>
        <MapStage
          size="desk"
          layers={layers}
          padding={hasRail ? padding : paddingAlone}
          framing={framing}
          isInteractive
        >
          <Plate />
          {hasLegend && (
            <div className={styles.legend}>
              <Legend size="desk" layers={layers} isInteractive />
            </div>
          )}
        </MapStage>
      </div>
      {isTable && <Twin layers={layers} hasRail={hasRail} />}
      <Button className={styles.turn} aria-pressed={isTable} aria-keyshortcuts="T" onClick={onTable}>
        {isTable ? <MapIcon aria-hidden /> : <Table2 aria-hidden />}
        {t(isTable ? 'mid.twin.map' : 'mid.twin.table')}
      </Button>
      {hasRail && (
        <div className={styles.rail}>
          <PanelFrame panel={panelByKey('time-rail')} size="desk" />
        </div>
      )}
    </main>
  );
};
