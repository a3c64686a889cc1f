import { hour, hourlyWeights } from './calendar';
import { randomFor } from './random';
import { airAt, type Sky } from './weather-air';

/** Weight of an hour at which a well-loved beach is full. */
const fullWeight = 300;
const mostLoad = 1.25;

/** How the crowd of an hour stands to a full beach, before what each beach is worth: calendar and weather. */
export const crowdAt = (sky: Sky, at: number): number => {
  const [weight = 0] = hourlyWeights('beach', at, at + hour, [...sky.typhoons]);
  const { rainMm, gustMps } = airAt(sky, at - hour, 'shore');
  const wind = gustMps > 17 ? 0.15 : gustMps > 13 ? 0.6 : 1;
  return (weight / fullWeight) * Math.exp(-rainMm / 3) * wind;
};

/** Visitors on one beach when the crowd is as it is. */
export const visitorsAt = (beach: { id: string; capacity: number }, at: number, crowd: number): number => {
  const love = randomFor(`beach:${beach.id}`).between(0.35, 1);
  const load = crowd * love * randomFor(`beach:${beach.id}:${at}`).between(0.8, 1.2);
  return Math.round(beach.capacity * Math.min(mostLoad, load));
};
