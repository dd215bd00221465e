/** Values of JSON of which nothing is known yet: what they are, or what else was found and where. */
import { FormatError } from '../errors.ts';

/** An object of JSON. Its keys come from a file: ask with `getField`, or for own keys only. */
export type JsonObject = { readonly [key: string]: unknown };

/** True for objects, not for arrays. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a key that the object itself has. */
export function getField(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A value as text where it is text or a number, else `''`. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A finite number, also one that is written as text; NaN for anything else. */
export function asNumber(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN;
  const number = Number(value);
  return Number.isFinite(number) ? number : Number.NaN;
}

/** What a value is, in the words of a message. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return JSON.stringify(value).slice(0, 40);
}

/** Messages about one file's JSON: each names the format, the place (`profiles[0].samples`) and what stands there. */
export class JsonFaults {
  readonly #format: string;
  readonly #advice: string;

  constructor(format: string, advice: string) {
    this.#format = format;
    this.#advice = advice;
  }

  /** The error about a place. */
  at(place: string, message: string): FormatError {
    return new FormatError(`${this.#format} ${place}: ${message}`, {
      format: this.#format,
      offset: 0,
      advice: this.#advice,
    });
  }

  /** The array at a place. */
  array(value: unknown, place: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    throw this.at(place, `expected an array, found ${describeValue(value)}`);
  }

  /** The object at a place. */
  object(value: unknown, place: string): JsonObject {
    if (isObject(value)) return value;
    throw this.at(place, `expected an object, found ${describeValue(value)}`);
  }

  /** The number at a place. */
  number(value: unknown, place: string): number {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.at(place, `expected a number, found ${describeValue(value)}`);
  }
}
