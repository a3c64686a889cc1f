'use client';

import { momentOf } from '@/data/model/moment';
import type { StationNow } from '@/data/model/weather';
import { useFit } from '../base/use-fit';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './weather-stations.module.css';

const key = 'weather-stations';

/** Stations by what fell on them (雨情排行), with their gusts: the wettest in 24 hours first. */
export const weatherStations = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api }) => ({ weather: api.weather.stations.queryOptions(momentOf(view)) }),
  empty: ({ weather }) => weather.stations.every(({ rain24 }) => rain24 === null),
  caption: () => <Caption />,
  draw: ({ data }) => <Stations stations={data.weather.stations} />,
});

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.caption`);
};

const inWords = (value: number | null): string => (value === null ? '—' : value.toFixed(1));

const Stations = ({ stations }: { stations: StationNow[] }) => {
  const { t, lang } = useText();
  const ranked = stations.toSorted(
    (a, b) => (b.rain24 ?? -1) - (a.rain24 ?? -1) || (b.gust24 ?? -1) - (a.gust24 ?? -1) || (a.id < b.id ? -1 : 1),
  );
  const { ref, fits } = useFit<HTMLDivElement>(1.5, ranked.length + 1);
  return (
    <div className={styles.holder} ref={ref}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t(`panel.${key}.station`)}</th>
            <th scope="col">{t(`panel.${key}.rain1`)}</th>
            <th scope="col">{t(`panel.${key}.rain12`)}</th>
            <th scope="col">{t(`panel.${key}.rain24`)}</th>
            <th scope="col">{t(`panel.${key}.gust`)}</th>
          </tr>
        </thead>
        <tbody>
          {ranked.slice(0, Math.max(1, fits - 1)).map((station) => (
            <tr key={station.id}>
              <th scope="row">{lang === 'zh' ? station.name : station.nameEn}</th>
              <td>{inWords(station.rain1)}</td>
              <td>{inWords(station.rain12)}</td>
              <td>{inWords(station.rain24)}</td>
              <td>{inWords(station.gust1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
