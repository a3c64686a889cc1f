import addressWord from '@/data/dictionaries/address-word.json';
import type { LngLat } from '@/data/model/geo';

/** A position somebody typed; `isSwapped`: latitude stood first, or only makes sense so. */
export type Typed = { position: LngLat; isSwapped: boolean };

type Angle = { value: number; axis: 'lng' | 'lat' | null };

const { degree, minute, second } = addressWord.angle;
const number = String.raw`\d{1,3}(?:\.\d+)?`;
const angle = new RegExp(
  String.raw`([NSEW])?\s*(-?${number})\s*(?:[°º${degree}]\s*(?:(${number})\s*[′'${minute}]\s*)?(?:(${number})\s*(?:″|"|′′|''|${second})\s*)?)?\s*([NSEW])?`,
  'giu',
);

const anglesIn = (text: string): Angle[] =>
  [...text.matchAll(angle)].map(([, before, degrees, minutes = '0', seconds = '0', after]) => {
    const letter = (before ?? after ?? '').toUpperCase();
    const sign = letter === 'S' || letter === 'W' ? -1 : 1;
    const value = sign * (Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600);
    return { value, axis: letter === '' ? null : 'NS'.includes(letter) ? 'lat' : 'lng' };
  });

const isLngLat = ([lng, lat]: LngLat): boolean => Math.abs(lng) <= 180 && Math.abs(lat) <= 90;

/** Readings of a typed pair of coordinates, longitude first before the other way round; none when it is not one. */
export const readCoordinates = (text: string): Typed[] => {
  const rest = text.normalize('NFKC').replace(angle, '');
  if (!/^[\s,;/()[\]]*$/.test(rest) || !/[\s,;NSEW°]/i.test(text.normalize('NFKC').trim())) return [];
  const [first, second, ...more] = anglesIn(text.normalize('NFKC'));
  if (!first || !second || more.length > 0) return [];
  const asTyped: Typed = { position: [first.value, second.value], isSwapped: false };
  const swapped: Typed = { position: [second.value, first.value], isSwapped: true };
  if (first.axis === 'lat' || second.axis === 'lng') return [swapped].filter(({ position }) => isLngLat(position));
  const readings = first.axis || second.axis ? [asTyped] : [asTyped, swapped];
  return readings.filter(({ position }) => isLngLat(position));
};
