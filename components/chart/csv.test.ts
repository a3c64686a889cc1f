import { describe, expect, it } from 'vitest';
import { csvOf } from './csv';

describe('csv', () => {
  it('quotes what needs it and leaves nothing a spreadsheet would run', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          ['=1+1', null],
          [-3, '@cmd'],
        ],
      ),
    ).toBe('\uFEFFa,b\r\n"x,y","say ""hi"""\r\n\'=1+1,\r\n-3,\'@cmd\r\n');
  });
});
