/** The line under the chart: what the colours are, and how much of the picture is measured. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { getSwatchColor, type LegendEntry } from '../../shared/color/colors.ts';
import { getShownRoot } from '../../shared/layout/layout.ts';
import type { NodeIndex } from '../../shared/tree/call-tree.ts';
import { formatShare, THIN } from '../../shared/units/format.ts';
import { setStyles } from '../controls/styles.ts';
import type { App } from './context.ts';
import type { Model } from './model.ts';

/** Entries that can have room. */
const MOST_ENTRIES = 16;
/** Nodes looked at for what is on screen. */
const MOST_NODES = 20_000;

/** The legend; an empty line of the same height without a model. */
export function legend(app: App, model: Model | null): TemplateResult {
  if (model === null) return html`<div class="legend"></div>`;
  const theme = app.preferences.theme.value;
  const whole = model.rows.whole || 1;
  return html`<div class="legend">
    <ul class="items" aria-label="Colours">${listEntries(model).map(
      (entry) =>
        html`<li class="key"><span class="sw" ${setStyles({ background: getSwatchColor(entry.color, theme) })}></span><span class=${entry.own ? 'strong' : ''}>${entry.name}</span>${
          Number.isNaN(entry.self) ? nothing : html`<span class="faint">${formatShare(entry.self / whole)}</span>`
        }</li>`,
    )}</ul>
    ${measuredBar(app, model)}
  </div>`;
}

function listEntries(model: Model): readonly LegendEntry[] {
  const colors = model.colors.value;
  const { legend: entries, scheme } = colors;
  if (scheme === 'heat' || scheme === 'certainty' || scheme === 'own') return entries;
  // Told by its layout, the chart has opened what it shows: only then is it known which colours are on screen.
  void model.measured.value;
  const { tree } = model.shown.value;
  const seen = new Set<number>();
  const left: NodeIndex[] = [getShownRoot(tree, model.selection.value.zoom)];
  for (let count = 0; left.length > 0 && count < MOST_NODES; count++) {
    const node = left.pop()!;
    const frame = tree.frame[node] ?? -1;
    if (frame >= 0) seen.add(colors.swatch(frame));
    const first = tree.firstChild[node] ?? -1;
    if (first > 0) for (let child = first; child < first + (tree.childCount[node] ?? 0); child++) left.push(child);
  }
  return entries.filter(({ color, self }) => self > 0 && seen.has(color)).slice(0, MOST_ENTRIES);
}

function measuredBar(app: App, model: Model): TemplateResult | typeof nothing {
  const { measured, estimated } = model.measured.value;
  // A recorded tree holds nothing that could be estimated.
  if (measured + estimated === 0 || model.shown.value.tree.exact) return nothing;
  const percent = Math.round((measured / (measured + estimated)) * 100);
  const why = () => {
    app.dialog.value = 'why';
  };
  return html`<span class="measured">
    <span class="measure-bar" aria-hidden="true"><span class="solid" ${setStyles({ width: `${percent}%` })}></span>${percent < 100 ? html`<span class="hatched"></span>` : nothing}</span>
    <span>${percent}${THIN}% measured · ${100 - percent}${THIN}% estimated</span>
    <button type="button" class="link" @click=${why}>Why?</button>
  </span>`;
}
