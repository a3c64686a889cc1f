import { expect, it } from 'vitest';
import type { LayerContext } from '../map/layer';
import { alertArea } from './alert-area';
import { nearestForce } from './nearest-force';
import { weatherStation } from './weather-station';

const t = (key: string, params: Record<string, string | number> = {}) => [key, ...Object.values(params)].join(' ');
const context = { size: 'wall', text: { t, term: (_: string, code: string) => code } } as unknown as LayerContext;

const station = (gust1: number | null, community: string, subdistrict: string) => ({ gust1, community, subdistrict });
const windOf = (stations: ReturnType<typeof station>[], divisions: (string | null)[]) =>
  weatherStation.legend?.(
    {
      weather: { lead: 'wind', measuredTo: '2026-11-22T02:00:00Z', stations },
      standing: { alerts: [{ areas: divisions.map((division) => ({ division })) }] },
    } as never,
    context,
  );

it('gusts at the line are told where no warning holds for the land, and steps of gusts are drawn the larger the stronger', () => {
  const stations = [
    station(15, 'C1', 'S1'),
    station(18, 'C2', 'S2'),
    station(13.8, 'C3', 'S3'),
    station(null, 'C4', 'S3'),
    station(14, 'C5', 'S3'),
  ];
  expect(windOf(stations, ['S1', null])?.note).toBe('map.stationOutside 2');
  expect(windOf(stations, ['S1', 'C2', 'S3'])?.note).toBeUndefined();
  const sizes = windOf(stations, [])?.rows.map(({ shape }) => shape?.em ?? 0) ?? [];
  expect(sizes).toHaveLength(3);
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
});

it('beaches that lie in the area of a warning are counted, each once', () => {
  const ring = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
    [0, 0],
  ];
  const geometry = { type: 'Polygon', coordinates: [ring] };
  const legend = (positions: ([number, number] | null)[]) =>
    alertArea.legend?.(
      {
        outlines: { areas: [{ geometry }, { geometry }] },
        standing: { alerts: [] },
        shore: { beaches: positions.map((position) => ({ position })) },
      } as never,
      context,
    );
  expect(legend([[1, 1], [3, 1], null, [0.5, 0.5]])?.note).toBe('map.alertBeaches 2 4');
  expect(legend([[3, 1]])?.note).toBeUndefined();
});

it('of the forces those that the list shows are drawn', () => {
  const row = (id: number) => ({
    id,
    minutes: id,
    line: [
      [0, 0],
      [0, id],
    ],
    walks: [],
  });
  const nearest = { target: null, radiusMetres: 5_000, rows: [1, 2, 3].map(row) };
  const drawn = (listed: number) => {
    const { sources } = nearestForce.draw({ nearest } as never, {
      ...{ ...context, palette: () => '#102030', theme: 'dark', captionPx: 26, highlight: null, listed },
    });
    return JSON.stringify(sources?.['nearest-force-way']).match(/asset:\d/g);
  };
  expect(drawn(2)).toEqual(['asset:1', 'asset:2']);
  expect(drawn(Number.POSITIVE_INFINITY)).toHaveLength(3);
});

it('the ways of the forces are said to be reckoned, on a wall that shows them', () => {
  const nearest = (target: object | null) => ({ nearest: { target, radiusMetres: 5_000, rows: [] } }) as never;
  const legend = nearestForce.legend?.(nearest({}), context);
  expect(legend).toMatchObject({ unit: 'map.forceWithin 5', note: 'map.forceReckoned' });
  expect(legend?.rows.map(({ shape }) => shape?.kind)).toEqual(['disc', 'ring', 'line', 'dots']);
  expect(nearestForce.legend?.(nearest(null), context)).toBeNull();
});
