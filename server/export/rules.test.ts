import { expect, test } from 'vitest';
import { csvOf, exportNumber } from './rules';

test('text that a spreadsheet would run is quoted as text, numbers are not', () => {
  const rows = ['=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝1', 'a=b'].map((text) => [text, -1.5]);
  const lines = csvOf({ head: ['a', 'b'], rows }, [])
    .slice(1)
    .split('\r\n');
  expect(lines.slice(0, 6)).toEqual(['a,b', "'=1+1,-1.5", "'+1,-1.5", "'-1,-1.5", "'@x,-1.5", "'\tx,-1.5"]);
  expect(lines.slice(7, 9)).toEqual(["'＝1,-1.5", 'a=b,-1.5']);
});

test('quotes, commas and line ends are quoted; the mark is as wide as the table', () => {
  expect(csvOf({ head: ['a', 'b', 'c'], rows: [['x,"y"\nz', null, 0]] }, [['by', '=me']])).toBe(
    '\uFEFFa,b,c\r\n"x,""y""\nz",,0\r\n,,\r\nby,\'=me,\r\n',
  );
});

test('the number of an export is its local day and its line', () => {
  expect(exportNumber(42, new Date('2026-11-22T17:00:00Z'), 'Asia/Shanghai')).toBe('EX20261123-000042');
});
