'use client';

import type { KeptVehicle } from '@/data/model/theme';
import { useText } from '../feed/text';
import { PickLine } from './event-line';
import { Stretch } from './stretch';

type VehicleLinesProps = { vehicles: readonly KeptVehicle[]; onPick: (id: string) => void };

/** Vehicles by their masked plates, each leading to its card. */
export const VehicleLines = ({ vehicles, onPick }: VehicleLinesProps) => {
  const { t } = useText();
  if (vehicles.length === 0) return <p>{t('theme.vehicle.none')}</p>;
  return vehicles.map((row) => (
    <PickLine
      key={`${row.id} ${row.from}`}
      name={row.plate}
      detail={<Stretch of={row} />}
      onPick={() => onPick(row.id)}
    />
  ));
};
