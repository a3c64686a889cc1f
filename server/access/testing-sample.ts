import { randomUUID } from 'node:crypto';
import type { AnyProcedure } from '@trpc/server';
import { z } from 'zod';

type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  prefixItems?: Schema[];
  minItems?: number;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
};

/** What a field of a procedure is to be; undefined = what its schema makes. */
export type Override = (field: string) => unknown;

type Maker = { override: Override; text: string | null };

const words: Record<string, () => string> = {
  uuid: randomUUID,
  'date-time': () => '2026-11-22T02:00:00.000Z',
  date: () => '2026-11-22',
};

const textOf = ({ format, minLength = 0 }: Schema, text: string | null): string =>
  words[format ?? '']?.() ?? text ?? 'x'.repeat(Math.max(minLength, 4));

const objectOf = ({ properties = {} }: Schema, maker: Maker): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties).map(([field, schema]) => {
      const wanted = maker.override(field);
      return [field, wanted === undefined ? madeOf(schema, maker) : wanted];
    }),
  );

const madeOf = (schema: Schema, maker: Maker): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => madeOf(part, maker)));
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return madeOf(first, maker);
  if (schema.type === 'object') return objectOf(schema, maker);
  if (schema.prefixItems) return schema.prefixItems.map((part) => madeOf(part, maker));
  if (schema.type === 'array')
    return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => madeOf(schema.items ?? {}, maker));
  if (schema.type === 'boolean') return false;
  if (schema.type === 'integer' || schema.type === 'number')
    return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1, 1);
  return textOf(schema, maker.text);
};

const inputsOf = (procedure: AnyProcedure): z.ZodType[] =>
  (procedure._def as unknown as { inputs: z.ZodType[] }).inputs;

/** An input a procedure takes, made from its own schemas, its free texts as told; undefined where it takes none. */
export const sampleOf = (procedure: AnyProcedure, override: Override, text: string | null = null): unknown => {
  const parts = inputsOf(procedure).map((schema) =>
    madeOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema, {
      override,
      text,
    }),
  );
  return parts.length === 0 ? undefined : Object.assign({}, ...parts);
};

/** Why a procedure would not take an input; empty = it does. */
export const faultsOf = (procedure: AnyProcedure, input: unknown): string[] =>
  inputsOf(procedure).flatMap((schema) => {
    const { error } = schema.safeParse(input);
    return error ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) : [];
  });
