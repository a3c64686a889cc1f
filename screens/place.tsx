'use client';

import type { CSSProperties, ReactNode } from 'react';
import type { PanelSize } from '@/components/panel/panel';
import { PanelFrame } from '@/components/panel/panel-frame';
import { panelByKey } from '@/components/panels';

/** One page of a screen: grid areas and the panel that stands in each. */
export type Layout = {
  /** CSS grid of the page. */
  grid: { columns: string; rows: string; areas: readonly string[] };
  /** Area → panel key; an area named `map` is the stage the screen passes in. */
  panels: Readonly<Record<string, string>>;
};

type PlaceProps = {
  layout: Layout;
  size: PanelSize;
  tier?: 'XL' | 'L' | 'S';
  children?: ReactNode;
  className?: string;
  areaClassName?: string;
};

/** Reads a layout and places its panels on a grid: the only composer. */
export const Place = ({ layout, size, tier, children, className, areaClassName }: PlaceProps) => {
  const style: CSSProperties = {
    display: 'grid',
    gridTemplateColumns: layout.grid.columns,
    gridTemplateRows: layout.grid.rows,
    gridTemplateAreas: layout.grid.areas.map((row) => `"${row}"`).join(' '),
  };
  return (
    <div className={className} style={style} data-size={size}>
      {Object.entries(layout.panels).map(([area, key]) => (
        <div
          key={`${area}/${key}`}
          className={areaClassName}
          data-area={area}
          style={{ gridArea: area, minWidth: 0, minHeight: 0 }}
        >
          <PanelFrame panel={panelByKey(key)} size={size} tier={tier} />
        </div>
      ))}
      {children}
    </div>
  );
};
