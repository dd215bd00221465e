/**
 * How a page begins: with what is on its way already, then with the app.
 *
 *   address of a profile ─▶ fetch it ─┬─ soon there: first picture ─▶ its frame ─▶ the app, around the picture
 *                                     └─ not yet, or over a slow line: the app, which says how far it is
 *   any other address ───────────────────────────▶ the app
 */
import { isSlowLine } from '../client/line.ts';
import type { OpenDocument } from '../state/document.ts';
import { parsePlace } from '../state/place.ts';
import { type EarlyInput, keepEarlyInput } from './early-input.ts';
import { type FirstPicture, showFirstPicture } from './first-picture.ts';
import { loadPage, loadParts, type Parts } from './parts.ts';
import { createPreferences, type Preferences } from './preferences.ts';
import { type OpeningListener, openServerProfile } from './server-profile.ts';

/** The app is loaded when the profile has not come by then: it has a progress to show. */
const PATIENCE_MS = 300;

/** A profile that was asked for before the app was there. */
export interface BegunOpening {
  readonly id: string;
  readonly document: Promise<OpenDocument>;
  /** Hears how far it is, from now on. */
  listen(listener: OpeningListener): void;
  cancel(): void;
}

/** What the app finds when it starts. */
export interface Beginning {
  readonly preferences: Preferences;
  readonly opening: BegunOpening | null;
  readonly picture: FirstPicture | null;
  readonly input: EarlyInput;
  readonly parts: Parts;
}

/** Begins the page in `root`; resolves when it is time to start the app. */
export async function beginPage(root: HTMLElement): Promise<Beginning> {
  const opening = beginOpening();
  const input = keepEarlyInput();
  const preferences = createPreferences();
  // An address that says more than what is open is for the app to understand.
  if (opening === null || location.search !== '')
    return { preferences, opening, picture: null, input, parts: loadParts(loadPage()) };
  // A slow line does nothing while the server packs: what comes after the profile comes then.
  const patience = (await isSlowLine()) ? 0 : PATIENCE_MS;
  const document = await Promise.race([opening.document.catch(() => null), wait(patience)]);
  const isThere = document !== null && document.place.kind === 'profile' && document.place.id === opening.id;
  const picture = isThere ? showFirstPicture(root, document, preferences) : null;
  if (picture === null) return { preferences, opening, picture, input, parts: loadParts(loadPage()) };
  await nextFrame();
  const page = loadPage();
  return { preferences, opening, picture, input, parts: loadParts(page, page.then(nextFrame)) };
}

function beginOpening(): BegunOpening | null {
  const place = parsePlace(location.pathname, location.search);
  if (place.kind !== 'profile') return null;
  const ending = new AbortController();
  let heard: OpeningListener | null = null;
  const document = openServerProfile(place.id, false, {
    signal: ending.signal,
    onProgress: (loaded, total) => heard?.onProgress(loaded, total),
    onStage: (stage) => heard?.onStage(stage),
  });
  // Whoever takes it over hears of its failure.
  document.catch(() => undefined);
  return {
    id: place.id,
    document,
    listen(listener) {
      heard = listener;
    },
    cancel: () => ending.abort(),
  };
}

function wait(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}

/** Resolves when the next frame has been painted, or when none comes, as in a tab out of sight. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, PATIENCE_MS);
    requestAnimationFrame(() => {
      clearTimeout(late);
      setTimeout(resolve, 0);
    });
  });
}
