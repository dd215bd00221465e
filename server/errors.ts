/**
 * Every refusal of the server in one table: code, HTTP status and the constant sentence the client gets.
 *
 * Sentences never hold anything from the request or from the disk, so an answer cannot leak a path or reflect input.
 */
import type { ErrorBody } from '../shared/protocol/api.ts';

const FAULTS = {
  'bad-request': [400, 'This request is not one the server understands.'],
  'no-token': [401, 'This needs the link that tsviz printed in the terminal where it was started.'],
  'not-allowed': [403, 'This is not allowed here.'],
  'foreign-host': [403, 'This address does not belong to this server.'],
  'not-found': [404, 'There is nothing at this address.'],
  gone: [404, 'The file is no longer there.'],
  unreadable: [404, 'The file cannot be read at present.'],
  'no-source': [404, 'There is no source to show for this function.'],
  'too-slow': [408, 'The request took too long to arrive.'],
  'too-many': [409, 'This server keeps no more uploads; close tsviz and start it again to make room.'],
  busy: [429, 'Another upload of yours is still under way.'],
  'too-large': [413, 'The file is larger than this server takes; start tsviz with a larger --max-size.'],
  'wrong-type': [415, 'The body must be application/octet-stream or application/json.'],
  'no-profile': [422, 'No profile can be read from this file; its bytes say why.'],
  'headers-too-large': [431, 'The headers of this request are too large.'],
  internal: [500, 'The server made a mistake. Start tsviz with --verbose to see it in the terminal.'],
} as const satisfies Record<string, readonly [number, string]>;

/** Stable name of a refusal. */
export type FaultCode = keyof typeof FAULTS;

/** A refusal on its way to the client; thrown by routes and answered by the one error handler. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly statusCode: number;
  constructor(code: FaultCode) {
    super(FAULTS[code][1]);
    this.name = 'Fault';
    this.code = code;
    this.statusCode = FAULTS[code][0];
  }
}

/** Status of a refusal. */
export function getFaultStatus(code: FaultCode): number {
  return FAULTS[code][0];
}

/** Body of a refusal. */
export function getFaultBody(code: FaultCode): ErrorBody {
  return { code, message: FAULTS[code][1] };
}

/** All codes, for tests that hold every answer against the table. */
export const FAULT_CODES = Object.keys(FAULTS) as readonly FaultCode[];

/** The fault that stands for any thrown value: ours as it is, the framework's by its status, all else `internal`. */
export function getFaultCode(error: unknown): FaultCode {
  if (error instanceof Fault) return error.code;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return 'too-large';
  if (status === 415) return 'wrong-type';
  if (status === 404) return 'not-found';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'bad-request' : 'internal';
}
