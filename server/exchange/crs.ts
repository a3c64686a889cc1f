import type { LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';

/** Names under which degrees of WGS-84 or CGCS2000 (centimetres apart) are given. */
const taken =
  /^(wgs-?84|cgcs-?2000|epsg:{1,2}(4326|4490)|ogc:crs84|crs84|urn:ogc:def:crs:(epsg:[\d.]*:(4326|4490)|ogc:[\d.]*:crs84))$/i;
const shifted = /gcj|bd-?09|baidu|amap|gaode|mars/i;

/** Refuses every reference system but WGS-84 and CGCS2000 in degrees: nothing is converted on the way in. */
export const checkCrs = (file: string, crs: string): void => {
  if (taken.test(crs)) return;
  if (shifted.test(crs))
    throw new Problem('invalid', `${file}: ${crs} is a shifted system (100 to 700 m off): convert it to WGS84 first.`);
  throw new Problem('invalid', `${file}: reference system ${crs} is not taken: convert it to WGS84 (EPSG:4326) first.`);
};

/** Refuses positions that cannot be longitude and latitude in degrees, saying what they look like. */
export const checkDegrees = (file: string, positions: Iterable<LngLat>): void => {
  for (const [lng, lat] of positions) {
    if (Math.abs(lng) <= 180 && Math.abs(lat) <= 90) continue;
    const isSwapped = Math.abs(lng) <= 90 && Math.abs(lat) <= 180;
    const hint = isSwapped
      ? 'latitude seems to come first; longitude must.'
      : 'these are not degrees: convert the file to WGS84 (EPSG:4326) first.';
    throw new Problem('invalid', `${file}: position ${lng}, ${lat}: ${hint}`);
  }
};
