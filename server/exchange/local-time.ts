import { fromWall } from '../metric/period';

const fields = {
  yyyy: '(\\d{4})',
  MM: '(\\d{1,2})',
  dd: '(\\d{1,2})',
  HH: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
} as const;
type Field = keyof typeof fields;
const tokens = /yyyy|MM|dd|HH|mm|ss/g;

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const isoTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Parser of one time format, `iso` (with offset) or a pattern of yyyy MM dd HH mm ss local to the zone. Null = the text
 * is no such time; 30 February is none.
 */
export const timeParser = (format: string, timeZone: string): ((text: string) => Date | null) => {
  if (format === 'iso')
    return (text) => {
      const at = isoTime.test(text) ? new Date(text) : null;
      return at && !Number.isNaN(at.getTime()) ? at : null;
    };
  const order = [...format.matchAll(tokens)].map((match) => match[0] as Field);
  const literal = format.split(tokens).map(escapePattern);
  const pattern = new RegExp(`^${literal.map((text, i) => text + (order[i] ? fields[order[i]] : '')).join('')}$`);
  return (text) => {
    const match = pattern.exec(text);
    if (!match) return null;
    const value = (field: Field, otherwise: number) => Number(match[order.indexOf(field) + 1] ?? otherwise);
    const has = (field: Field) => order.includes(field);
    const [year, month, day] = [value('yyyy', 1970), has('MM') ? value('MM', 1) : 1, has('dd') ? value('dd', 1) : 1];
    const [hour, minute, second] = (['HH', 'mm', 'ss'] as const).map((field) => (has(field) ? value(field, 0) : 0));
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    const back = new Date(wall);
    const isReal =
      back.getUTCMonth() === month - 1 &&
      back.getUTCDate() === day &&
      (hour ?? 0) < 24 &&
      (minute ?? 0) < 60 &&
      (second ?? 0) < 60;
    return isReal ? fromWall(wall, timeZone) : null;
  };
};
