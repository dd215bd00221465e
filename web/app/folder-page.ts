/**
 * The profiles of a folder: format, size and date at once; functions and total time as the server reads the files,
 * those in sight first.
 */
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { FolderBody, FolderEntry, SummaryBody } from '../../shared/protocol/api.ts';
import { formatBytes, formatCount, formatDate, formatMetric, type PrintUnit } from '../../shared/units/format.ts';
import { ApiError, fetchFolder, fetchSummary } from '../client/api.ts';
import { icon } from '../controls/icons.ts';
import { DEFAULT_STATE } from '../state/app-state.ts';
import { printPlace } from '../state/place.ts';
import type { App } from './context.ts';
import { bareHeader } from './header.ts';
import { pageRows } from './notice-rows.ts';

/** Summaries asked for at once: the server reads one file at a time anyway. */
const MOST_ASKED = 2;

/** A folder's listing and what was read of it so far. */
export interface FolderPage {
  readonly folder: Signal<FolderBody | null>;
  readonly error: Signal<string | null>;
  readonly search: Signal<string>;
  readonly summaries: Signal<ReadonlyMap<string, SummaryBody>>;
  enter(id: string): void;
  leave(): void;
  /** Rows tell when they come into sight. */
  watch(row: Element | undefined): void;
}

/** The listing page of the app. */
export function createFolderPage(): FolderPage {
  const folder = signal<FolderBody | null>(null);
  const error = signal<string | null>(null);
  const summaries = signal<ReadonlyMap<string, SummaryBody>>(new Map());
  let running = new AbortController();
  const wanted = new Set<string>();
  let asked = 0;
  const askNext = () => {
    const { signal: aborted } = running;
    const id = wanted.values().next().value;
    if (id === undefined || asked >= MOST_ASKED || aborted.aborted) return;
    wanted.delete(id);
    asked++;
    void fetchSummary(id, aborted)
      .then(
        (summary) => {
          summaries.value = new Map(summaries.value).set(id, summary);
        },
        // A file that went away since: its row keeps what is known.
        () => {},
      )
      .finally(() => {
        asked--;
        askNext();
      });
    askNext();
  };
  const observer = new IntersectionObserver((changes) => {
    for (const { isIntersecting, target } of changes) {
      const id = (target as HTMLElement).dataset.id ?? '';
      if (!isIntersecting) wanted.delete(id);
      else if (!summaries.value.has(id)) wanted.add(id);
    }
    askNext();
  });
  return {
    folder,
    error,
    search: signal(''),
    summaries,
    enter(id) {
      running.abort();
      running = new AbortController();
      const { signal: aborted } = running;
      if (folder.value?.id !== id) folder.value = null;
      error.value = null;
      fetchFolder(id, aborted).then(
        (body) => {
          folder.value = body;
        },
        (cause: unknown) => {
          if (aborted.aborted) return;
          error.value = cause instanceof ApiError ? cause.message : String(cause);
        },
      );
    },
    leave() {
      running.abort();
      wanted.clear();
      observer.disconnect();
    },
    watch(row) {
      if (row) observer.observe(row);
    },
  };
}

/** The page itself. */
export function folderPage(app: App, page: FolderPage): TemplateResult {
  const folder = page.folder.value;
  const text = page.search.value.toLowerCase();
  const entries = folder?.entries.filter(({ name }) => name.toLowerCase().includes(text)) ?? [];
  return html`${bareHeader(app)}${pageRows(app)}
    <main class="page"><div class="col">
      <h1>${folder?.name ?? ''}</h1>
      ${page.error.value === null ? nothing : html`<p class="lead">${page.error.value}</p>`}
      ${folder === null ? nothing : listing(app, page, folder, entries)}
    </div></main>`;
}

function listing(app: App, page: FolderPage, folder: FolderBody, entries: readonly FolderEntry[]): TemplateResult {
  const type = (event: Event) => {
    page.search.value = (event.currentTarget as HTMLInputElement).value;
  };
  const clear = () => {
    page.search.value = '';
  };
  const count = folder.entries.length;
  return html`<div class="listing-head">
      <div class="field">${icon('search', 14)}<input type="search" id="search-input" aria-label="Search names" placeholder="Search names" .value=${page.search.value} @input=${type}></div>
      <span class="grow"></span>
      <span class="muted" role="status">${entries.length < count ? html`<b class="strong">${formatCount(entries.length)}</b> of ` : nothing}<b class="strong">${formatCount(count)}</b> ${count === 1 ? 'profile' : 'profiles'}, newest first${folder.omitted > 0 ? html`; ${formatCount(folder.omitted)} more files not listed` : nothing}</span>
    </div>
    ${
      entries.length === 0
        ? html`<p class="prose">${count === 0 ? 'There is no profile in this folder.' : html`No name has “${page.search.value}” in it. <button type="button" class="link" @click=${clear}>Show all</button>`}</p>`
        : html`<table class="listing">
            <colgroup><col><col class="c-format"><col class="c-size"><col class="c-functions"><col class="c-total"><col class="c-date optional"></colgroup>
            <thead><tr><th scope="col">name</th><th scope="col">format</th><th scope="col">size</th><th scope="col">functions</th><th scope="col">total</th><th scope="col" class="optional">changed</th></tr></thead>
            <tbody>${repeat(
              entries,
              ({ id }) => id,
              (entry) => entryRow(app, page, entry),
            )}</tbody>
          </table>`
    }`;
}

function entryRow(app: App, page: FolderPage, entry: FolderEntry): TemplateResult {
  const summary = page.summaries.value.get(entry.id);
  const place = { kind: 'profile', id: entry.id } as const;
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    app.store.go(place);
  };
  const numbers = summary?.error
    ? html`<td class="bad" colspan="2" title=${summary.error.message}>${summary.error.message}</td>`
    : html`<td>${summary?.functions == null ? '' : formatCount(summary.functions)}</td><td>${summary?.total == null ? '' : formatMetric(summary.total, (summary.unit ?? 'count') as PrintUnit)}</td>`;
  return html`<tr data-id=${entry.id} ${ref(page.watch)}>
    <td><a href=${printPlace(place, DEFAULT_STATE)} title=${entry.name} @click=${go}>${entry.name}</a></td>
    <td>${summary?.writer ?? entry.format ?? ''}</td><td>${formatBytes(entry.bytes)}</td>${numbers}
    <td class="optional">${formatDate(entry.modified)}</td>
  </tr>`;
}
