/** Types an expression of a customer's indicator knows. */
export type ValueType = 'number' | 'text' | 'instant' | 'boolean';

/** Columns an expression may name, with their types. */
export type Columns = Readonly<Record<string, ValueType>>;

const spans = ['minutes', 'hours', 'days'] as const;
type Span = (typeof spans)[number];
type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'now' }
  | { kind: 'column'; name: string }
  | { kind: 'not' | 'minus'; of: Expression }
  | { kind: 'and' | 'or' | '+' | '-' | '*' | '/' | Comparison; left: Expression; right: Expression }
  | { kind: 'null'; of: Expression; isNegated: boolean }
  | { kind: 'in'; of: Expression; values: string[]; isNegated: boolean }
  | { kind: 'span'; unit: Span; from: Expression; to: Expression };

export const faultCodes = [
  'empty',
  'long',
  'character',
  'text',
  'end',
  'unexpected',
  'column',
  'deep',
  'boolean',
  'number',
  'instant',
  'same',
  'order',
  'list',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** Why a text is no expression: where, and what to change (a key of the texts). */
export class ExpressionFault extends Error {
  constructor(
    readonly code: FaultCode,
    /** Character it was found at. */
    readonly at: number,
    readonly found = '',
  ) {
    super(`${code} at ${at}: ${found}`);
  }
}

const mostCharacters = 400;
const mostDepth = 24;

type Token = { kind: 'number' | 'text' | 'word' | 'sign' | 'end'; text: string; at: number };

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|([A-Za-z_][A-Za-z0-9_]*)|(<>|<=|>=|[=<>+\-*/(),]))/y;

const tokensOf = (source: string): Token[] => {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const end = source.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const match = pattern.exec(source);
    if (!match) {
      const at = from + (source.slice(from).match(/^\s*/)?.[0].length ?? 0);
      throw new ExpressionFault(source[at] === "'" ? 'text' : 'character', at, source[at]);
    }
    const [whole, number, text, word, sign] = match;
    const at = from + (whole.length - whole.trimStart().length);
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (text !== undefined) tokens.push({ kind: 'text', text, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase(), at });
    else tokens.push({ kind: 'sign', text: sign ?? '', at });
  }
  return [...tokens, { kind: 'end', text: '', at: end }];
};

type Typed = { node: Expression; type: ValueType; at: number };

const comparisons: readonly string[] = ['=', '<>', '<', '<=', '>', '>='];

/** Reads tokens from left to right; each rule knows the types it joins. */
class Parser {
  private index = 0;
  private depth = 0;
  constructor(
    private readonly tokens: readonly Token[],
    private readonly columns: Columns,
  ) {}

  private peek(): Token {
    return this.tokens[Math.min(this.index, this.tokens.length - 1)] as Token;
  }
  private take(...texts: string[]): Token | null {
    const token = this.peek();
    if ((token.kind !== 'sign' && token.kind !== 'word') || !texts.includes(token.text)) return null;
    this.index += 1;
    return token;
  }
  private expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(text);
  }
  private unexpected(wanted = ''): ExpressionFault {
    const { kind, text, at } = this.peek();
    return kind === 'end' ? new ExpressionFault('end', at, wanted) : new ExpressionFault('unexpected', at, text);
  }
  private must({ type, at }: Typed, wanted: 'boolean' | 'number' | 'instant'): void {
    if (type !== wanted) throw new ExpressionFault(wanted, at);
  }

  whole(): Typed {
    const typed = this.either();
    if (this.peek().kind !== 'end') throw this.unexpected();
    return typed;
  }

  private either(): Typed {
    this.depth += 1;
    if (this.depth > mostDepth) throw new ExpressionFault('deep', this.peek().at);
    let left = this.both();
    while (this.take('or')) left = this.join('or', left, this.both());
    this.depth -= 1;
    return left;
  }
  private both(): Typed {
    let left = this.negated();
    while (this.take('and')) left = this.join('and', left, this.negated());
    return left;
  }
  private join(kind: 'and' | 'or', left: Typed, right: Typed): Typed {
    this.must(left, 'boolean');
    this.must(right, 'boolean');
    return { node: { kind, left: left.node, right: right.node }, type: 'boolean', at: left.at };
  }
  private negated(): Typed {
    const token = this.take('not');
    if (!token) return this.compared();
    const of = this.nested(() => this.negated());
    this.must(of, 'boolean');
    return { node: { kind: 'not', of: of.node }, type: 'boolean', at: token.at };
  }
  private nested(read: () => Typed): Typed {
    this.depth += 1;
    if (this.depth > mostDepth) throw new ExpressionFault('deep', this.peek().at);
    const typed = read();
    this.depth -= 1;
    return typed;
  }

  private compared(): Typed {
    const left = this.added();
    const { at } = left;
    if (this.take('is')) {
      const isNegated = this.take('not') !== null;
      this.expect('null');
      return { node: { kind: 'null', of: left.node, isNegated }, type: 'boolean', at };
    }
    const isNegated = this.take('not') !== null;
    if (this.take('in')) return this.listed(left, isNegated);
    if (isNegated) throw this.unexpected('in');
    const sign = this.take(...comparisons);
    if (!sign) return left;
    const right = this.added();
    if (left.type !== right.type) throw new ExpressionFault('same', right.at);
    const isOrder = sign.text !== '=' && sign.text !== '<>';
    if (isOrder && left.type !== 'number' && left.type !== 'instant') throw new ExpressionFault('order', sign.at);
    const kind = sign.text as Comparison;
    return { node: { kind, left: left.node, right: right.node }, type: 'boolean', at };
  }
  private listed(left: Typed, isNegated: boolean): Typed {
    if (left.type !== 'text') throw new ExpressionFault('list', left.at);
    const values: string[] = [];
    this.expect('(');
    do {
      const token = this.peek();
      if (token.kind !== 'text') throw new ExpressionFault('list', token.at, token.text);
      values.push(token.text);
      this.index += 1;
    } while (this.take(','));
    this.expect(')');
    return { node: { kind: 'in', of: left.node, values, isNegated }, type: 'boolean', at: left.at };
  }

  private added(): Typed {
    let left = this.multiplied();
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-'))
      left = this.counted(sign.text as '+' | '-', left, this.multiplied());
    return left;
  }
  private multiplied(): Typed {
    let left = this.signed();
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/'))
      left = this.counted(sign.text as '*' | '/', left, this.signed());
    return left;
  }
  private counted(kind: '+' | '-' | '*' | '/', left: Typed, right: Typed): Typed {
    this.must(left, 'number');
    this.must(right, 'number');
    return { node: { kind, left: left.node, right: right.node }, type: 'number', at: left.at };
  }
  private signed(): Typed {
    const token = this.take('-');
    if (!token) return this.primary();
    const of = this.nested(() => this.signed());
    this.must(of, 'number');
    return { node: { kind: 'minus', of: of.node }, type: 'number', at: token.at };
  }

  private primary(): Typed {
    const { kind, text, at } = this.peek();
    if (this.take('(')) {
      const inner = this.either();
      this.expect(')');
      return inner;
    }
    if (kind === 'end' || kind === 'sign') throw this.unexpected();
    this.index += 1;
    if (kind === 'number') return { node: { kind, value: Number(text) }, type: 'number', at };
    if (kind === 'text') return { node: { kind, value: text }, type: 'text', at };
    return this.named(text, at);
  }
  private named(name: string, at: number): Typed {
    if (name === 'true' || name === 'false')
      return { node: { kind: 'boolean', value: name === 'true' }, type: 'boolean', at };
    if (name === 'now') return { node: { kind: 'now' }, type: 'instant', at };
    const unit = spans.find((span) => span === name);
    if (unit) {
      this.expect('(');
      const [from] = [this.either()];
      this.expect(',');
      const to = this.either();
      this.expect(')');
      this.must(from, 'instant');
      this.must(to, 'instant');
      return { node: { kind: 'span', unit, from: from.node, to: to.node }, type: 'number', at };
    }
    const type = Object.hasOwn(this.columns, name) ? this.columns[name] : undefined;
    if (!type) throw new ExpressionFault('column', at, name);
    return { node: { kind: 'column', name }, type, at };
  }
}

/**
 * Parses an expression over the columns of a fact: comparisons, `and or not`, arithmetic, `is null`, `in ('a', 'b')`,
 * and the spans `minutes hours days (from, to)`. Throws an `ExpressionFault` that says what to change.
 */
export const parseExpression = (source: string, columns: Columns): { node: Expression; type: ValueType } => {
  if (source.trim() === '') throw new ExpressionFault('empty', 0);
  if (source.length > mostCharacters) throw new ExpressionFault('long', mostCharacters);
  const { node, type } = new Parser(tokensOf(source), columns).whole();
  return { node, type };
};
