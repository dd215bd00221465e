/** Rows between tabs and crumbs that are there only when they have something to say. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { getMatchPlace } from '../../shared/tree/match-walk.ts';
import { ESTIMATED, formatCount, formatMetric, formatRange, formatShare } from '../../shared/units/format.ts';
import { icon } from '../controls/icons.ts';
import { forget, setRange, setSearch } from '../state/actions.ts';
import type { App } from './context.ts';
import type { Model } from './model.ts';

/** What the search found, and the way through it. */
export function searchRow(app: App, model: Model): TemplateResult | typeof nothing {
  const { query, found, error } = model.search.value;
  const text = app.store.state.value.search;
  if (text === '') return nothing;
  const clear = () => app.store.dispatch(setSearch(''), 'typing');
  return html`<div class="strip-row" role="region" aria-label="Search result">
    <span class="chip">search <b>${text}</b><button type="button" aria-label="Clear the search" @click=${clear}>${icon('close', 12)}</button></span>
    <span class="found" role="status" aria-live="polite">${error !== null ? html`<span class="wrong">${error}</span>` : found === null || query === null ? nothing : foundText(model, found.count)}</span>
    ${
      found === null || found.count === 0
        ? nothing
        : html`<span class="muted">${position(model)}</span>
          <button type="button" class="btn icon" aria-label="Previous match" title="Previous match (Shift+Enter)" @click=${() => app.commands.walkMatches(-1)}>${icon('previous')}</button>
          <button type="button" class="btn icon" aria-label="Next match" title="Next match (Enter)" @click=${() => app.commands.walkMatches(1)}>${icon('down')}</button>`
    }
  </div>`;
}

function foundText(model: Model, count: number): TemplateResult {
  if (count === 0) return html`Nothing matches`;
  const covered = model.covered.value;
  const unit = model.unit;
  return html`<b class="strong">${formatCount(count)}</b> ${count === 1 ? 'function' : 'functions'}${
    covered === null
      ? nothing
      : html`, together <b class="strong">${covered.estimated ? ESTIMATED : ''}${formatMetric(covered.value, unit)}</b> (${covered.estimated ? ESTIMATED : ''}${formatShare(covered.value / (model.whole || 1))})`
  }`;
}

function position(model: Model): string {
  const { found } = model.search.value;
  const place = found === null ? -1 : getMatchPlace(found, model.rows, model.selection.value.frame);
  return found === null || place < 0 ? '' : `${formatCount(place + 1)} of ${formatCount(found.count)}`;
}

/** The stretch of time that everything is limited to, and the way back. */
export function rangeRow(app: App, model: Model): TemplateResult | typeof nothing {
  const { range, threads } = model.document;
  const samples = threads.flatMap((thread) => thread.samples ?? []);
  const axis = samples[0]?.axis;
  if (range === null || axis === undefined) return nothing;
  const zero = Math.min(...samples.map(({ start }) => start[0] ?? Number.POSITIVE_INFINITY));
  const clear = () => app.store.dispatch(setRange(''), 'step');
  return html`<div class="strip-row" role="region" aria-label="Stretch of time">
    <span class="chip">${axis.name} <b>${formatRange(range.from - zero, range.to - zero, axis.unit)}</b><button type="button" aria-label="Show all of the time" @click=${clear}>${icon('close', 12)}</button></span>
    <span class="muted">Tree and table show what ran in these ${formatMetric(range.to - range.from, axis.unit)}.</span>
  </div>`;
}

/** Parts of the link that lead nowhere, and a file that is not what the link was made for. */
export function linkRows(app: App, model: Model): readonly (TemplateResult | typeof nothing)[] {
  const dead = [...model.shown.value.dead, ...model.selection.value.dead];
  return [
    model.document.changedSince && !app.seenChange.value.has(model.document)
      ? warnRow(
          html`This link was made for an earlier content of ${model.document.name}. What you see is what the file holds now.`,
          () => {
            app.seenChange.value = new Set([...app.seenChange.value, model.document]);
          },
        )
      : nothing,
    dead.length === 0
      ? nothing
      : warnRow(dead.map(({ message }) => message).join(' '), () =>
          app.store.dispatch(forget(...dead.map(({ field }) => field)), 'typing'),
        ),
  ];
}

/** Files of a drop that could not be opened, and a server that is gone. */
export function pageRows(app: App): readonly (TemplateResult | typeof nothing)[] {
  return [
    app.online.value
      ? nothing
      : warnRow(html`The server has stopped. What is open here stays usable; start tsviz again to open more.`, null),
    ...problemRows(app),
  ];
}

/** Files of a drop that could not be opened, but for the one that the page itself is about. */
export function problemRows(app: App): readonly TemplateResult[] {
  return app.session.problems.value.map((file) =>
    warnRow(
      html`<b>${file.name}</b> could not be opened: ${file.failure.message}`,
      () => app.session.dismissProblem(file),
      html`<button type="button" class="btn tight" @click=${() => app.session.explain(file)}>Explain</button>`,
    ),
  );
}

function warnRow(message: unknown, onDismiss: (() => void) | null, more: unknown = nothing): TemplateResult {
  return html`<div class="strip-row warn" role="status">${icon('warn', 14)}<span class="grow">${message}</span>${more}${
    onDismiss === null
      ? nothing
      : html`<button type="button" class="btn icon" aria-label="Dismiss" title="Dismiss" @click=${onDismiss}>${icon('close', 14)}</button>`
  }</div>`;
}
