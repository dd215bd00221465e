/**
 * The page without a profile: a place to drop files, what this server and this browser have, samples, and what can be
 * read.
 */
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { READABLE_SENTENCE } from '../../shared/readers/readable.ts';
import { formatBytes, formatDate } from '../../shared/units/format.ts';
import { fetchProfileBytes, fetchSampleBytes } from '../client/api.ts';
import { forgetAllFiles, forgetFile, type KeptFile, listKeptFiles } from '../client/kept-files.ts';
import { icon } from '../controls/icons.ts';
import { DEFAULT_STATE } from '../state/app-state.ts';
import type { Place } from '../state/place.ts';
import { printPlace } from '../state/place.ts';
import type { App } from './context.ts';
import { bareHeader } from './header.ts';
import { MOD } from './key-names.ts';
import { pageRows } from './notice-rows.ts';
import { type Glance, glanceAt, paintGlance } from './pictures.ts';

/** A file in one of the lists. */
interface Entry {
  readonly place: Place;
  readonly title: string;
  readonly bytes: number;
  /** Said under the title until more is known. */
  readonly note: string;
  /** Said under the total. */
  readonly when: string;
  /** Why it can't be opened, else null. */
  readonly error: string | null;
  readonly getBytes: () => Promise<Uint8Array>;
  /** Only for files that this browser keeps. */
  readonly forget: (() => void) | null;
}

/** What the page remembers while it is on screen, and what it has read for its lists. */
export interface HomePage {
  readonly kept: Signal<readonly KeptFile[]>;
  readonly glances: Signal<ReadonlyMap<string, Glance | null>>;
  /** Looks at what is there; the pictures follow. */
  enter(): void;
  leave(): void;
}

/** The lists of the empty page. */
export function createHomePage(app: App): HomePage {
  const kept = signal<readonly KeptFile[]>([]);
  const glances = signal<ReadonlyMap<string, Glance | null>>(new Map());
  let running = new AbortController();
  const page: HomePage = {
    kept,
    glances,
    enter() {
      running = new AbortController();
      const { signal: aborted } = running;
      void Promise.all([listKeptFiles(), app.session.refreshInfo()]).then(([files]) => {
        if (aborted.aborted) return;
        kept.value = files;
        for (const entry of [...listRecent(app, page), ...listSamples(app)]) {
          const key = keyOf(entry);
          if (glances.value.has(key) || entry.error !== null) continue;
          void glanceAt(entry.bytes, entry.title, entry.getBytes, aborted).then((glance) => {
            if (!aborted.aborted) glances.value = new Map(glances.value).set(key, glance);
          });
        }
      });
    },
    leave() {
      running.abort();
    },
  };
  return page;
}

/** The page itself. */
export function homePage(app: App, page: HomePage): TemplateResult {
  const recent = listRecent(app, page);
  const samples = listSamples(app);
  const folders = app.session.info.value?.folders ?? [];
  const forgetAll = () => void forgetAllFiles().then(() => page.enter());
  return html`${bareHeader(app)}${pageRows(app)}
    <main class="page"><div class="col">
      <h1>Open a profile</h1>
      <div class=${app.dragging.value ? 'drop over' : 'drop'}>
        ${icon('file', 20)}
        <div class="first">Drop a profile file here</div>
        <button type="button" class="btn primary" @click=${app.commands.chooseFiles}>Choose file…</button>
        <div class="faint">or paste one, or press <kbd>${MOD}</kbd> <kbd>O</kbd>. Files stay on this machine.</div>
      </div>
      ${
        folders.length === 0
          ? nothing
          : html`<section><h2>Folders</h2><ul class="file-list">${folders.map(
              (folder) =>
                html`<li>${placeLink(app, { kind: 'folder', id: folder.id }, 'file', html`<span class="picture"></span><div class="n cut">${folder.name}</div><div class="r">${icon('right')}</div>`)}</li>`,
            )}</ul></section>`
      }
      <div class="two">
        ${
          recent.length === 0
            ? nothing
            : html`<section><h2><span>Recent</span>${page.kept.value.length > 0 ? html`<button type="button" class="link faint" title="Removes dropped files from this browser's storage" @click=${forgetAll}>forget dropped files</button>` : html`<span class="faint">on this machine</span>`}</h2>${fileList(app, page, recent)}</section>`
        }
        ${samples.length === 0 ? nothing : html`<section><h2><span>Samples</span><span class="faint">made to be looked at</span></h2>${fileList(app, page, samples)}</section>`}
      </div>
      <section><p class="prose formats">Reads ${READABLE_SENTENCE.replace(/\.$/, '')}. The format is recognised by content, not by name.</p></section>
    </div></main>`;
}

function fileList(app: App, page: HomePage, entries: readonly Entry[]): TemplateResult {
  const theme = app.preferences.theme.value;
  return html`<ul class="file-list">${repeat(entries, keyOf, (entry) => {
    const glance = page.glances.value.get(keyOf(entry)) ?? null;
    const paint = (canvas: Element | undefined) => {
      if (canvas instanceof HTMLCanvasElement) paintGlance(canvas, glance, theme);
    };
    const second =
      entry.error !== null
        ? html`<div class="m cut bad">${entry.error}</div>`
        : html`<div class="m cut">${describe(entry, glance)}</div>`;
    const content = html`<canvas class="picture" aria-hidden="true" ${ref(paint)}></canvas>
      <div class="cut"><div class="n cut">${entry.title}</div>${second}</div>
      <div class="r"><div>${glance?.total ?? ''}</div><div class="m">${entry.when}</div></div>`;
    return html`<li>${placeLink(app, entry.place, 'file', content)}${
      entry.forget === null
        ? nothing
        : html`<button type="button" class="btn icon forget" aria-label=${`Forget ${entry.title}`} title="Forget" @click=${entry.forget}>${icon('close', 14)}</button>`
    }</li>`;
  })}</ul>`;
}

function describe(entry: Entry, glance: Glance | null): string {
  if (glance === null) return entry.note;
  return [glance.writer, glance.functions].filter((part) => part !== null).join(', ');
}

function placeLink(app: App, place: Place, className: string, content: TemplateResult): TemplateResult {
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    app.store.go(place);
  };
  return html`<a class=${className} href=${printPlace(place, DEFAULT_STATE)} @click=${go}>${content}</a>`;
}

/** What the server has, then what this browser keeps, without what is in both. */
function listRecent(app: App, page: HomePage): readonly Entry[] {
  const given = app.session.info.value?.profiles ?? [];
  const fromServer = given.map(
    (profile): Entry => ({
      place: { kind: 'profile', id: profile.id },
      title: profile.name,
      bytes: profile.bytes,
      note: formatBytes(profile.bytes),
      when: profile.modified === null ? '' : formatDate(profile.modified),
      error: profile.error?.message ?? null,
      getBytes: () => fetchProfileBytes(profile.id, () => {}),
      forget: null,
    }),
  );
  const fromBrowser = page.kept.value
    .filter(({ id }) => !given.some((profile) => profile.id === id))
    .map(
      (file): Entry => ({
        place: { kind: 'profile', id: file.id },
        title: file.name,
        bytes: file.bytes.size,
        note: `${formatBytes(file.bytes.size)}, kept in this browser`,
        when: formatDate(file.opened),
        error: null,
        getBytes: async () => new Uint8Array(await file.bytes.arrayBuffer()),
        forget: () => void forgetFile(file.id).then(() => page.enter()),
      }),
    );
  return [...fromServer, ...fromBrowser];
}

function listSamples(app: App): readonly Entry[] {
  return (app.session.info.value?.samples ?? []).map((sample) => ({
    place: { kind: 'sample', file: sample.file },
    title: sample.title,
    bytes: sample.bytes,
    note: formatBytes(sample.bytes),
    when: sample.file,
    error: null,
    getBytes: () => fetchSampleBytes(sample.file, () => {}),
    forget: null,
  }));
}

function keyOf({ place }: Entry): string {
  return JSON.stringify(place);
}
