import addressCode from '@/data/dictionaries/address-code.json';

/** Keys of the eight segments of an address code, province first. */
export type SegmentKey =
  | 'province'
  | 'city'
  | 'district'
  | 'subdistrict'
  | 'community'
  | 'grid'
  | 'building'
  | 'dwelling';

/** Parts of a 19-digit building or 25-digit dwelling code; `dwelling` null for a building. */
export type AddressCode = {
  kind: 'building' | 'dwelling';
  building: string;
  dwelling: string | null;
  segments: Partial<Record<SegmentKey, string>>;
};

const segments = addressCode.segments as { key: SegmentKey; length: number }[];
const lengthUpTo = (last: SegmentKey): number => {
  const index = segments.findIndex(({ key }) => key === last);
  return segments.slice(0, index + 1).reduce((sum, { length }) => sum + length, 0);
};

/** 19 and 25 digits. */
export const buildingCodeLength = lengthUpTo('building');
export const dwellingCodeLength = lengthUpTo('dwelling');

/** First and last province of GB/T 2260. */
const provinces = { first: 11, last: 82 };

/** What a code breaks: its characters, its length, or one segment (all zeros, or no province). Null = valid. */
export const addressFault = (code: string): 'digits' | 'length' | SegmentKey | null => {
  if (!/^\d+$/.test(code)) return 'digits';
  if (code.length !== buildingCodeLength && code.length !== dwellingCodeLength) return 'length';
  const province = Number(code.slice(0, 2));
  if (province < provinces.first || province > provinces.last) return 'province';
  const bad = cut(code).find(([key, text]) => key !== 'district' && /^0+$/.test(text));
  return bad ? bad[0] : null;
};

const cut = (code: string): [SegmentKey, string][] => {
  let from = 0;
  const parts: [SegmentKey, string][] = [];
  for (const { key, length } of segments) {
    if (from >= code.length) break;
    parts.push([key, code.slice(from, from + length)]);
    from += length;
  }
  return parts;
};

/** Splits a valid address code (统一地址编码) into its segments; null when it is not one. */
export const parseAddressCode = (code: string): AddressCode | null => {
  if (addressFault(code) !== null) return null;
  const isDwelling = code.length === dwellingCodeLength;
  return {
    kind: isDwelling ? 'dwelling' : 'building',
    building: code.slice(0, buildingCodeLength),
    dwelling: isDwelling ? code : null,
    segments: Object.fromEntries(cut(code)),
  };
};
