'use client';

import { momentOf } from '@/data/model/moment';
import type { StationNow, WeatherLead } from '@/data/model/weather';
import { useFit } from '../base/use-fit';
import { gustLevel, rainLevel } from '../chart/weather';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './weather-stations.module.css';

const key = 'weather-stations';

/** Stations by what they measured (测站实况): the wettest in 24 hours first, or the windiest where wind leads. */
export const weatherStations = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api }) => ({ weather: api.weather.stations.queryOptions(momentOf(view)) }),
  empty: ({ weather }) => weather.stations.every(({ rain24 }) => rain24 === null),
  caption: ({ data, tier }) => (
    <Caption n={data.weather.stations.length} lead={data.weather.lead} isShort={tier !== 'XL'} />
  ),
  draw: ({ data }) => <Stations stations={data.weather.stations} lead={data.weather.lead} />,
});

const Caption = ({ n, lead, isShort }: { n: number; lead: WeatherLead; isShort: boolean }) => {
  const { t } = useText();
  return isShort ? t(`panel.${key}.captionShort.${lead}`) : t(`panel.${key}.caption.${lead}`, { n });
};

const inWords = (value: number | null): string => (value === null ? '—' : value.toFixed(1));

type Column = 'gust1' | 'rain1' | 'rain12' | 'rain24';

/** Columns in the order they are told, and what the stations are ranked by. */
const columnsOf: Record<WeatherLead, readonly Column[]> = {
  rain: ['rain1', 'rain12', 'rain24', 'gust1'],
  wind: ['gust1', 'rain1', 'rain12', 'rain24'],
};
const rankedBy: Record<WeatherLead, readonly Column[]> = { rain: ['rain24', 'gust1'], wind: ['gust1', 'rain24'] };

/** Level whose limit the leading figure of a station has passed; null = none. */
const levelOf = ({ gust1, rain1 }: StationNow, lead: WeatherLead) =>
  lead === 'wind' ? gustLevel(gust1 ?? 0) : rainLevel(rain1 ?? 0);

const Name = ({ station, lead }: { station: StationNow; lead: WeatherLead }) => {
  const { lang } = useText();
  const level = levelOf(station, lead);
  return (
    <th scope="row">
      <i className={styles.dot} style={level ? { background: `var(--alert-${level})` } : undefined} />
      {lang === 'zh' ? station.name : station.nameEn}
    </th>
  );
};

const Stations = ({ stations, lead }: { stations: StationNow[]; lead: WeatherLead }) => {
  const { t } = useText();
  const columns = columnsOf[lead];
  const ranked = stations.toSorted((a, b) => {
    const apart = rankedBy[lead].map((column) => (b[column] ?? -1) - (a[column] ?? -1)).find((gap) => gap !== 0);
    return apart ?? (a.id < b.id ? -1 : 1);
  });
  const { ref, fits } = useFit<HTMLDivElement>(1.24, ranked.length + 1);
  const nShown = ranked.length > fits - 1 ? Math.max(1, fits - 2) : ranked.length;
  return (
    <div className={styles.holder} ref={ref}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t(`panel.${key}.station`)}</th>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {t(`panel.${key}.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ranked.slice(0, nShown).map((station) => (
            <tr key={station.id}>
              <Name station={station} lead={lead} />
              {columns.map((column) => (
                <td key={column}>{inWords(station[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {nShown < ranked.length && <p className={styles.more}>{t(`panel.${key}.more`, { n: ranked.length - nShown })}</p>}
    </div>
  );
};
