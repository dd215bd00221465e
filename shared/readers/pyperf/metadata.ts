/** Metadata of pyperf's files, as text. */

/** A JSON object. Only own keys are asked for. */
export type JsonObject = { readonly [key: string]: unknown };

/** True for an object that is no list. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names and values, those that say something by themselves. */
export function describeMetadata(metadata: JsonObject, prefix: string): (readonly [string, string])[] {
  return Object.keys(metadata).flatMap((key) => {
    const value = metadata[key];
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain ? [[`${prefix}${key}`, String(value)] as const] : [];
  });
}

/** An own value of an object: nothing is taken from a prototype. */
export function getOwn(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
