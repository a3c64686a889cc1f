'use client';

import { useMemo } from 'react';
import { momentOf } from '@/data/model/moment';
import { rainLimits, type WeatherHour } from '@/data/model/weather';
import { formatClock } from '../base/format';
import { Chart } from '../chart/chart';
import { rainLevel, weatherOption } from '../chart/weather';
import { useText } from '../feed/text';
import { AlertMark } from '../panel/alert-mark';
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
  draw: ({ data }) => <Hours hours={data.weather.hours} />,
});

const endOf = ({ startsAt }: WeatherHour): Date => new Date(Date.parse(startsAt) + hourMs);

const Caption = ({ last, isShort }: { last: WeatherHour | undefined; isShort: boolean }) => {
  const { t, installation } = useText();
  const time = last && installation ? formatClock(endOf(last), installation.timeZone) : '';
  return t(`panel.${key}.${isShort ? 'short' : 'caption'}`, { time, n: last?.nStations ?? 0 });
};

/** In words what fell and blew, and how far that is from the nearest limit; the chart below. */
const Hours = ({ hours }: { hours: WeatherHour[] }) => {
  const { t, installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const option = useMemo(
    () =>
      weatherOption(hours, {
        clock: (startsAt) => formatClock(new Date(startsAt), timeZone),
        limit: (mm) => t(`panel.${key}.limit`, { mm }),
        gale: t(`panel.${key}.gale`),
        rainUnit: t('common.unit.millimetre'),
        gustUnit: t('common.unit.metrePerSecond'),
      }),
    [hours, timeZone, t],
  );
  const last = hours.at(-1);
  const mm = last?.maxRain3Mm ?? 0;
  const level = rainLevel(mm);
  const next = rainLimits.find((limit) => limit.mm > mm);
  const words = next ? t(`panel.${key}.below`, { limit: next.mm }) : t(`panel.${key}.above`);
  const gust = last?.maxGustMps.toFixed(1) ?? '—';
  return (
    <div className={styles.body}>
      <div className={styles.now}>
        <span>
          {level && <AlertMark level={level} size="1em" />} {t(`panel.${key}.rain3`)} <b>{mm.toFixed(1)}</b>
          <small> {t('common.unit.millimetre')}</small>
        </span>
        <span className={styles.words}>{words}</span>
        <span>
          {t(`panel.${key}.gust`)} <b>{gust}</b>
          <small> {t('common.unit.metrePerSecond')}</small>
        </span>
      </div>
      <Key />
      <div className={styles.chart}>
        <Chart
          option={option}
          label={`${t(`panel.${key}.title`)} ${t(`panel.${key}.rain3`)} ${mm.toFixed(1)} ${words}`}
        />
      </div>
    </div>
  );
};

/** What the bars, the stepped line and the dotted line stand for. */
const Key = () => {
  const { t } = useText();
  return (
    <ul className={styles.key}>
      {(['rainSeries', 'rain3Series', 'gustSeries'] as const).map((series) => (
        <li key={series}>
          <i data-series={series} />
          {t(`panel.${key}.${series}`)}
        </li>
      ))}
    </ul>
  );
};
