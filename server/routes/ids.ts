/** The schema of every route parameter: an id, and nothing that could be a path. */
import { ID_PATTERN } from '../../shared/protocol/api.ts';

/** Parameters of a route with an id. */
export interface IdParams {
  readonly id: string;
}

/** For a route's `schema.params`. */
export const ID_PARAMS = {
  type: 'object',
  properties: { id: { type: 'string', pattern: ID_PATTERN } },
  required: ['id'],
} as const;
