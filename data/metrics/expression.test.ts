import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Columns, ExpressionFault, parseExpression } from './expression';

const columns: Columns = {
  ...{ level: 'text', n_rework: 'number', is_valid: 'boolean', reported_at: 'instant', ended_at: 'instant' },
};
const faultOf = (source: string): [string, number] | null => {
  try {
    parseExpression(source, columns);
    return null;
  } catch (fault) {
    if (!(fault instanceof ExpressionFault)) throw fault;
    return [fault.code, fault.at];
  }
};

describe('expressions of own indicators', () => {
  test.each([
    ["level in ('1', '2') and not is_valid", 'boolean'],
    ['hours(reported_at, ended_at) <= 24 or n_rework > 0', 'boolean'],
    ['n_rework * 2 - (1 + 3) / 4', 'number'],
    ['ended_at is not null and ended_at <= now', 'boolean'],
    ['-n_rework + 1', 'number'],
    ["level <> '4'", 'boolean'],
  ])('%s', (source, type) => expect(parseExpression(source, columns).type).toBe(type));

  test('and binds closer than or', () =>
    expect(parseExpression('is_valid or is_valid and n_rework = 1', columns).node).toMatchObject({
      kind: 'or',
      right: { kind: 'and' },
    }));

  test.each([
    ['', 'empty', 0],
    ['level = ', 'end', 7],
    ["level = 'x", 'text', 8],
    ['n_rework ; drop table event', 'character', 9],
    ['password = 1', 'column', 0],
    ['n_rework > level', 'same', 11],
    ["level > '1'", 'order', 6],
    ['n_rework and is_valid', 'boolean', 0],
    ['n_rework + is_valid', 'number', 11],
    ['hours(reported_at, 3)', 'instant', 19],
    ['n_rework in (1)', 'list', 0],
    ["level in ('1', 2)", 'list', 15],
    ['is_valid is_valid', 'unexpected', 9],
    [`${'('.repeat(40)}is_valid${')'.repeat(40)}`, 'deep', 24],
    ['1'.repeat(401), 'long', 400],
  ])('%s: %s', (source, code, at) => expect(faultOf(source)).toEqual([code, at]));

  test.each([
    "level = '1' -- x",
    'n_rework /* x */ = 1',
    'n_rework = 1; select 1',
    '(select count(*) from person) > 1',
    'read_text(level)',
    'pg_read_file(level)',
    'event.level = level',
    '"level" = level',
    'level || level',
    'n_rework::text',
    '$asOf',
    'n_rework = 1 union all select 1',
    'getenv(level)',
    'constructor = 1',
    '__proto__ = 1',
  ])('refused: %s', (source) => expect(faultOf(source)).not.toBeNull());

  test('whatever is typed, it is parsed or a fault that says where', () => {
    const word = fc.constantFrom(
      'level',
      'n_rework',
      'and',
      'or',
      'not',
      '(',
      ')',
      '=',
      '<',
      "'a'",
      '1',
      ',',
      'in',
      'is',
      'null',
      ';',
      '--',
      'hours',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (source) => {
          const fault = faultOf(source);
          if (fault) expect(fault[1]).toBeLessThanOrEqual(source.length);
        },
      ),
    );
  });
});
