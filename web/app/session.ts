/**
 * What is open: which page is on screen, the documents behind it, and how they get there.
 *
 *   place (address) ──▶ loading ──▶ ready | failed | missing | no way in | unreachable
 *                          ▲
 *   dropped, chosen, pasted files: read here, never sent anywhere
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals-core';
import type { InfoBody } from '../../shared/protocol/api.ts';
import type { ReadFailure } from '../../shared/protocol/worker.ts';
import { ApiError, fetchInfo } from '../client/api.ts';
import { findKeptFile, keepFile } from '../client/kept-files.ts';
import { ReadError } from '../client/read-file.ts';
import type { OpenDocument } from '../state/document.ts';
import { isSamePlace, type Place } from '../state/place.ts';
import type { Store } from '../state/store.ts';
import type { BegunOpening } from './begin.ts';
import { KeptDocuments } from './kept-documents.ts';
import { type Progress, readFile, readPlace } from './read-documents.ts';
import { settle } from './settle.ts';

/** A file that could not be opened. */
export interface FailedFile {
  readonly name: string;
  readonly bytes: number;
  readonly failure: ReadFailure;
}

/** What is on screen. */
export type Screen =
  | { readonly kind: 'home' }
  | { readonly kind: 'folder'; readonly id: string }
  | { readonly kind: 'loading'; readonly progress: Progress }
  | { readonly kind: 'ready'; readonly document: OpenDocument }
  | { readonly kind: 'failed'; readonly file: FailedFile; readonly back: OpenDocument | null }
  /** The address leads to nothing that this server or this browser has. */
  | { readonly kind: 'missing' }
  /** No token, or one of an earlier start. */
  | { readonly kind: 'denied' }
  | { readonly kind: 'unreachable' };

/** A profile that can be gone to by the menu and by n and p. */
export interface OpenEntry {
  readonly place: Place;
  readonly name: string;
}

/** What is open, and the ways to open more. */
export interface Session {
  readonly screen: ReadonlySignal<Screen>;
  /** Null until the server has answered; the page works without. */
  readonly info: ReadonlySignal<InfoBody | null>;
  /** Everything open in this page or given to the server, in the order of the menu. */
  readonly entries: ReadonlySignal<readonly OpenEntry[]>;
  /** Files of a drop that could not be opened while others could. */
  readonly problems: ReadonlySignal<readonly FailedFile[]>;
  /** Shows what the address says. */
  load(place: Place): void;
  /** Opens files of this machine; the first good one is shown. */
  openFiles(files: readonly File[]): Promise<void>;
  cancel(): void;
  /** Explains a file that could not be opened, on a page of its own. */
  explain(file: FailedFile): void;
  /** Back to a document that is still open. */
  show(document: OpenDocument): void;
  dismissProblem(file: FailedFile): void;
  /** A document beside the one on screen, read where it is not kept ready; null where it can't be had. */
  peek(place: Place): Promise<OpenDocument | null>;
  /** Bytes of a document that was opened in this browser, for sharing them; null otherwise. */
  findBytes(document: OpenDocument): Promise<Blob | null>;
  /** Goes on under the address that the server gave an uploaded file. */
  adopt(document: OpenDocument, id: string): void;
  refreshInfo(): Promise<boolean>;
}

/**
 * The session of this page. `opening`: what was asked for before the app was there; `opened`: what of it is on screen
 * already.
 */
export function createSession(
  store: Store,
  opening: BegunOpening | null = null,
  opened: OpenDocument | null = null,
): Session {
  const screen = signal<Screen>({ kind: 'home' });
  const info = signal<InfoBody | null>(null);
  const entries = signal<readonly OpenEntry[]>([]);
  const problems = signal<readonly FailedFile[]>([]);
  const documents = new KeptDocuments();
  const files = new Map<string, File>();
  let begun = opening;
  let running = new AbortController();
  let cameFromFolder = false;
  /** What was on screen when the files that are being read were dropped or chosen; null while none are. */
  let behind: Screen | null = null;

  const show = (next: Screen) => {
    screen.value = next;
  };
  const begin = (progress: Progress): AbortSignal => {
    running.abort();
    running = new AbortController();
    show({ kind: 'loading', progress });
    return running.signal;
  };
  const advance = (change: Partial<Progress>) => {
    const now = screen.value;
    if (now.kind === 'loading') show({ kind: 'loading', progress: { ...now.progress, ...change } });
  };
  const keep = (document: OpenDocument) => {
    documents.keep(document);
    if (!entries.value.some((entry) => isSamePlace(entry.place, document.place))) {
      entries.value = [...entries.value, { place: document.place, name: document.name }];
    }
  };

  const remember = ({ place }: OpenDocument, file: File) => {
    if (place.kind !== 'profile') return;
    const { id } = place;
    files.set(id, file);
    void keepFile({ id, name: file.name, bytes: file, modified: file.lastModified, opened: Date.now() });
  };

  function showError(error: unknown, name: string, bytes: number): void {
    if (error instanceof ReadError) show({ kind: 'failed', file: { name, bytes, failure: error.failure }, back: null });
    else if (!(error instanceof ApiError)) throw error;
    else if (error.status === 0) show({ kind: 'unreachable' });
    else if (error.status === 401) show({ kind: 'denied' });
    else if (error.status === 404) show({ kind: 'missing' });
    else {
      const failure: ReadFailure = {
        code: 'access',
        message: error.message,
        format: null,
        advice: null,
        excerpt: null,
      };
      show({ kind: 'failed', file: { name, bytes, failure }, back: null });
    }
  }

  async function loadDocument(place: Place): Promise<void> {
    const known = documents.find(place);
    if (known !== null) {
      running.abort();
      show({ kind: 'ready', document: known });
      return;
    }
    const name = entries.value.find((entry) => isSamePlace(entry.place, place))?.name ?? '';
    const aborted = begin({ name, loaded: 0, total: 0, stage: 'fetch' });
    try {
      const ahead = begun;
      begun = null;
      const document = await readPlace(place, files, cameFromFolder, { signal: aborted, advance, ahead });
      await settle(document);
      if (aborted.aborted) return;
      keep(document);
      batch(() => {
        show({ kind: 'ready', document });
        // The address that others get is that of the content, not that of its place in a listing or of an older file.
        if (!isSamePlace(document.place, place)) {
          store.go(document.place, { replace: true, state: store.state.value });
        }
      });
    } catch (error) {
      if (aborted.aborted) return;
      const now = screen.value;
      const progress = now.kind === 'loading' ? now.progress : { name, total: 0, loaded: 0 };
      showError(error, progress.name, progress.total || progress.loaded);
    }
    cameFromFolder = false;
  }

  if (opened !== null) {
    keep(opened);
    show({ kind: 'ready', document: opened });
  }
  const session: Session = {
    screen,
    info,
    entries,
    problems,
    load(place) {
      behind = null;
      if (place.kind === 'home' || place.kind === 'folder') {
        running.abort();
        cameFromFolder = place.kind === 'folder';
        show(place.kind === 'home' ? { kind: 'home' } : { kind: 'folder', id: place.id });
        return;
      }
      const now = screen.value;
      if (now.kind === 'ready' && isSamePlace(now.document.place, place)) return;
      void loadDocument(place);
    },
    async openFiles(chosen) {
      if (chosen.length === 0) return;
      // Files that come while others are being read take their place; a cancel goes back to what was there before both.
      const before = screen.value.kind === 'loading' ? behind : screen.value;
      behind = before;
      const failed: FailedFile[] = [];
      let first: OpenDocument | null = null;
      for (const [index, file] of chosen.entries()) {
        const name = index === 0 || first === null ? file.name : first.name;
        const aborted = begin({ name, loaded: 0, total: file.size, stage: 'fetch' });
        try {
          const document = await readFile(file, { signal: aborted, advance });
          if (first === null) await settle(document);
          // Cancelled meanwhile.
          if (aborted.aborted) return;
          keep(document);
          remember(document, file);
          first ??= document;
        } catch (error) {
          // Whoever ended it has shown something else already.
          if (aborted.aborted) return;
          failed.push(describeFile(file, error));
        }
      }
      behind = null;
      batch(() => {
        if (first) {
          problems.value = failed;
          show({ kind: 'ready', document: first });
          store.go(first.place);
        } else if (before?.kind === 'ready') {
          problems.value = failed;
          show(before);
        } else {
          problems.value = failed.slice(1);
          show({ kind: 'failed', file: failed[0]!, back: before?.kind === 'failed' ? before.back : null });
        }
      });
    },
    cancel() {
      const back = behind;
      behind = null;
      running.abort();
      if (back !== null) {
        show(back);
        return;
      }
      const now = store.place.value;
      if (now.kind === 'home' || now.kind === 'folder') session.load(now);
      else store.go({ kind: 'home' });
    },
    explain(file) {
      const now = screen.value;
      batch(() => {
        problems.value = problems.value.filter((each) => each !== file);
        show({ kind: 'failed', file, back: now.kind === 'ready' ? now.document : null });
      });
    },
    show(document) {
      show({ kind: 'ready', document });
    },
    dismissProblem(file) {
      problems.value = problems.value.filter((each) => each !== file);
    },
    async peek(place) {
      const known = documents.find(place);
      if (known !== null) return known;
      try {
        return await readPlace(place, files, false, { signal: new AbortController().signal, advance() {} });
      } catch {
        return null;
      }
    },
    async findBytes(document) {
      if (document.origin !== 'browser' || document.place.kind !== 'profile') return null;
      return files.get(document.place.id) ?? (await findKeptFile(document.place.id))?.bytes ?? null;
    },
    adopt(document, id) {
      const place: Place = { kind: 'profile', id };
      const adopted: OpenDocument = { ...document, place, origin: 'server' };
      batch(() => {
        entries.value = entries.value.filter((entry) => !isSamePlace(entry.place, document.place));
        documents.forget(document.place);
        keep(adopted);
        show({ kind: 'ready', document: adopted });
        store.go(place, { replace: true, state: store.state.value });
      });
    },
    async refreshInfo() {
      try {
        const body = await fetchInfo();
        batch(() => {
          info.value = body;
          const given = body.profiles.map(({ id, name }): OpenEntry => ({ place: { kind: 'profile', id }, name }));
          const own = entries.value.filter((entry) => !given.some(({ place }) => isSamePlace(place, entry.place)));
          entries.value = [...given, ...own];
        });
        return true;
      } catch (error) {
        return error instanceof ApiError && error.status !== 0;
      }
    },
  };
  return session;
}

function describeFile(file: File, error: unknown): FailedFile {
  if (error instanceof ReadError) return { name: file.name, bytes: file.size, failure: error.failure };
  const message = error instanceof Error ? error.message : String(error);
  const failure: ReadFailure = { code: 'internal', message, format: null, advice: null, excerpt: null };
  return { name: file.name, bytes: file.size, failure };
}
