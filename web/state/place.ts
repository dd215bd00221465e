/**
 * Where in the program somebody is: the path of the address. The query after it is the view's (see url.ts).
 */
import { ID_PATTERN } from '../../shared/protocol/api.ts';
import type { AppState } from './app-state.ts';
import { printState } from './url.ts';

/** A page of the program. */
export type Place =
  /** Where files are opened. */
  | { readonly kind: 'home' }
  | { readonly kind: 'profile'; readonly id: string }
  /** The profiles of a folder. */
  | { readonly kind: 'folder'; readonly id: string }
  /** A sample that ships with the program, by its file name. */
  | { readonly kind: 'sample'; readonly file: string };

const ID = new RegExp(ID_PATTERN);
const SAMPLE_FILE = /^[\w][\w.-]{0,80}$/;

/** Place that an address stands for; what it does not know is home. */
export function parsePlace(pathname: string, search: string): Place {
  const [, page, id = ''] = pathname.split('/');
  if (page === 'p' && ID.test(id)) return { kind: 'profile', id };
  if (page === 'd' && ID.test(id)) return { kind: 'folder', id };
  const file = new URLSearchParams(search).get('sample');
  return file !== null && SAMPLE_FILE.test(file) ? { kind: 'sample', file } : { kind: 'home' };
}

/** Address of a place and, where a profile is shown there, of the view of it. */
export function printPlace(place: Place, state: AppState): string {
  const query = printState(state);
  switch (place.kind) {
    case 'home':
      return '/';
    case 'folder':
      return `/d/${place.id}`;
    case 'profile':
      return `/p/${place.id}${query}`;
    case 'sample':
      return `/?sample=${encodeURIComponent(place.file)}${query.replace('?', '&')}`;
    default:
      return place satisfies never;
  }
}

/** True when both are the same page, whatever the view of it. */
export function isSamePlace(one: Place, other: Place): boolean {
  if (one.kind !== other.kind) return false;
  if (one.kind === 'sample') return one.file === (other as typeof one).file;
  return one.kind === 'home' || one.id === (other as typeof one).id;
}
