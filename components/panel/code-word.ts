'use client';

import { bucketDimensions, divisionDimensions, noCode } from '@/data/metrics/dimensions';
import { type Bucket, labelOfBucket } from '@/data/model/bucket';
import { listOfDimension } from '@/data/model/view';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';

/** An hour of the day by its first minute, `09:00`. */
const hourWord = (code: string): string => `${code}:00`;

const isOneOf = (keys: readonly string[], key: string): boolean => keys.includes(key);

/** Words of a code of any dimension: a division's name, a dictionary word, a bucket of time; other codes as they are. */
export const useCodeWord = (): ((dimension: string, code: string | undefined) => string) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  return (dimension, code) => {
    if (code === undefined || code === noCode)
      return isOneOf(divisionDimensions, dimension) ? t('common.action.unplaced') : t('common.action.unknown');
    if (isOneOf(divisionDimensions, dimension)) return divisions.name(code);
    if (isOneOf(bucketDimensions, dimension)) return labelOfBucket(code, dimension as Bucket, lang);
    if (dimension === 'hourOfDay') return hourWord(code);
    const list = listOfDimension[dimension];
    return list ? term(list, code) : code;
  };
};
