/**
 * What a route's schema may say here, and how it is held: an object of strings, each with a pattern.
 *
 * Fastify's own compilers for JSON Schema take 60 ms to load and to compile, a third of the time from the command to
 * the first answer; ids are all that our schemas describe. A schema that says more fails when the server starts, so
 * none is ever believed to hold and does not.
 */
import type { FastifyServerOptions } from 'fastify';

interface TextSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, { readonly type: 'string'; readonly pattern: string }>>;
  readonly required: readonly string[];
}

/** For Fastify's `schemaController`. Bodies are written by JSON.stringify: no answer has a schema of its own. */
export const SCHEMA_CONTROLLER: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: {
    // Fastify's types know Ajv's validators only; its code takes any function.
    buildValidator: () => compile as never,
    buildSerializer: () => () => (data: unknown) => JSON.stringify(data),
  },
};

/** A validator in Fastify's form: `{ value }` when all is well, `{ error }` when not. */
function compile({ schema }: { readonly schema: unknown }): (data: unknown) => { value: unknown } | { error: Error } {
  if (!isTextSchema(schema)) throw new Error('a schema may only say that strings match patterns');
  const patterns = Object.entries(schema.properties).map(
    ([name, { pattern }]) => [name, new RegExp(pattern, 'u')] as const,
  );
  return (data) => {
    const values: Readonly<Record<string, unknown>> = typeof data === 'object' && data !== null ? { ...data } : {};
    const holds = patterns.every(([name, pattern]) => {
      const value = values[name];
      return value === undefined ? !schema.required.includes(name) : typeof value === 'string' && pattern.test(value);
    });
    return holds ? { value: data } : { error: new Error('not as the schema says') };
  };
}

function isTextSchema(schema: unknown): schema is TextSchema {
  if (typeof schema !== 'object' || schema === null || Object.keys(schema).sort().join() !== 'properties,required,type')
    return false;
  const { properties } = schema as TextSchema;
  return Object.values(properties).every(
    (each) => Object.keys(each).sort().join() === 'pattern,type' && each.type === 'string',
  );
}
