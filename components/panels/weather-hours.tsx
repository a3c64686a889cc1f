'use client';

import { useMemo } from 'react';
import type { EventLevel } from '@/data/model/event';
import { momentOf } from '@/data/model/moment';
import { galeGustMps, galeLevel, leadOf, rainLimits, type WeatherHour } from '@/data/model/weather';
import { formatClock } from '../base/format';
import { useFit } from '../base/use-fit';
import { Chart } from '../chart/chart';
import { gustLevel, rainLevel, weatherOption } from '../chart/weather';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './weather-hours.module.css';

const key = 'weather-hours';
const hourMs = 3_600_000;

/** Rain and gusts of the last 12 whole hours (12 小时雨量与阵风) against the limits of the warnings. */
export const weatherHours = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api }) => ({ weather: api.weather.hours.queryOptions({ ...momentOf(view), hours: 12 }) }),
  empty: ({ weather }) => weather.hours.length === 0,
  caption: ({ data, tier }) => <Caption last={data.weather.hours.at(-1)} isShort={tier !== 'XL'} />,
  draw: ({ data, size }) => <Hours hours={data.weather.hours} isWall={size === 'wall'} />,
});

const endOf = ({ startsAt }: WeatherHour): Date => new Date(Date.parse(startsAt) + hourMs);

const Caption = ({ last, isShort }: { last: WeatherHour | undefined; isShort: boolean }) => {
  const { t, installation } = useText();
  const time = last && installation ? formatClock(endOf(last), installation.timeZone) : '';
  return t(`panel.${key}.${isShort ? 'short' : 'caption'}`, { time, n: last?.nStations ?? 0 });
};

/** Height in em from which a wall has room for both plots and the words that tell them apart. */
const leastForBoth = 12;

/** In words what fell and blew, and how that stands to its limit; the chart below, of what leads where it is low. */
const Hours = ({ hours, isWall }: { hours: WeatherHour[]; isWall: boolean }) => {
  const { t, installation } = useText();
  const { ref, fits } = useFit<HTMLDivElement>(1, leastForBoth);
  const hasBoth = !isWall || fits === leastForBoth;
  const last = hours.at(-1);
  const lead = leadOf(last);
  const timeZone = installation?.timeZone ?? 'UTC';
  const option = useMemo(
    () =>
      weatherOption(hours, hasBoth ? ['rain', 'wind'] : [lead], {
        clock: (startsAt) => formatClock(new Date(startsAt), timeZone),
        limit: (mm) => t(`panel.${key}.limit`, { mm }),
        gale: t(`panel.${key}.gale`),
        rainUnit: t('common.unit.millimetre'),
        gustUnit: t('common.unit.metrePerSecond'),
      }),
    [hours, hasBoth, lead, timeZone, t],
  );
  const facts = useFacts(last);
  return (
    <div className={styles.body} ref={ref}>
      {facts.map((fact) => (
        <Told key={fact.word} {...fact} />
      ))}
      {hasBoth && <Key hasGale={hours.some(({ maxGustMps }) => gustLevel(maxGustMps) !== null)} />}
      <div className={styles.chart}>
        <Chart
          option={option}
          label={[t(`panel.${key}.title`), ...facts.flatMap(({ word, value, stands }) => [word, value, stands])].join(
            ' ',
          )}
        />
      </div>
    </div>
  );
};

type Fact = { word: string; value: string; unit: string; stands: string; level: EventLevel | null };

/** What fell and blew in the newest hour and how it stands to its limit, what leads first. */
const useFacts = (last: WeatherHour | undefined): Fact[] => {
  const { t } = useText();
  const [mm, gust] = [last?.maxRain3Mm ?? 0, last?.maxGustMps ?? 0];
  const next = rainLimits.find((limit) => limit.mm > mm);
  const gale = gustLevel(gust);
  const rain: Fact = {
    ...{ word: t(`panel.${key}.rain3`), value: mm.toFixed(1), unit: t('common.unit.millimetre') },
    stands: next ? t(`panel.${key}.below`, { limit: next.mm }) : t(`panel.${key}.above`),
    level: rainLevel(mm),
  };
  const wind: Fact = {
    ...{ word: t(`panel.${key}.gust`), value: gust.toFixed(1), unit: t('common.unit.metrePerSecond') },
    stands: t(`panel.${key}.${gale ? 'galeAbove' : 'galeBelow'}`, { limit: galeGustMps }),
    level: gale,
  };
  return leadOf(last) === 'wind' ? [wind, rain] : [rain, wind];
};

const Told = ({ word, value, unit, stands, level }: Fact) => (
  <div className={styles.told}>
    {level && <i className={styles.dot} style={{ background: `var(--alert-${level})` }} />}
    <div className={styles.now}>
      <span>
        {word} <b>{value}</b>
        <small> {unit}</small>
      </span>
      <span className={styles.words}>{stands}</span>
    </div>
  </div>
);

/** What the bars, the line and the dots in the hue of a limit stand for. */
const Key = ({ hasGale }: { hasGale: boolean }) => {
  const { t } = useText();
  return (
    <ul className={styles.key}>
      {['rain3Series', 'gustSeries', ...(hasGale ? ['galeSeries'] : [])].map((series) => (
        <li key={series}>
          <i
            data-series={series}
            style={series === 'galeSeries' ? { background: `var(--alert-${galeLevel})` } : undefined}
          />
          {t(`panel.${key}.${series}`)}
        </li>
      ))}
    </ul>
  );
};
