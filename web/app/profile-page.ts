/** The page of a profile, whole from the first moment: its frame does not move when the profile arrives. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { formatBytes } from '../../shared/units/format.ts';
import { setStyles } from '../controls/styles.ts';
import { isPanel } from '../state/views.ts';
import type { ChartSize } from './chart-size.ts';
import type { App } from './context.ts';
import { crumbs } from './crumbs.ts';
import { factsLine, profileHeader } from './header.ts';
import { legend } from './legend.ts';
import type { Model } from './model.ts';
import { linkRows, pageRows, rangeRow, searchRow } from './notice-rows.ts';
import type { Progress } from './read-documents.ts';
import { tabRow } from './tab-row.ts';
import type { Hosts } from './view-hosts.ts';

/** From this size on the progress line is there at once. */
const LARGE_BYTES = 16e6;

/** The page with a profile, or with the progress of reading one. */
export function profilePage(app: App, size: ChartSize, hosts: Hosts, progress: Progress | null): TemplateResult {
  const model = progress === null ? app.model.value : null;
  const name = progress?.name ?? model?.document.name ?? '';
  return html`
    ${profileHeader(app, name, model)} ${factsLine(app, model)} ${tabRow(app, progress)} ${pageRows(app)}
    ${model === null ? nothing : [linkRows(app, model), rangeRow(app, model), searchRow(app, model)]}
    <main class=${getWorkClass(model)} id="work" ${setStyles({ '--chart-height': `${size.height.peek()}px` })}>
      ${crumbs(app, model)}
      <section class="chart" id="chart-panel" role="tabpanel" aria-label="Chart">${progress === null ? nothing : progressLine(app, progress)}${model !== null && isPanel(model.view.value) ? hosts.panel : hosts.chart}</section>
      ${legend(app, model)}
      ${hosts.divider}
      <section class="table-area" aria-label="Functions">${hosts.table}</section>
      <aside class="details-area" aria-label="Details of a function">${hosts.details}</aside>
    </main>
    ${model === null ? nothing : html`<p class="print-only address">${app.store.getAddress()}</p>`}`;
}

/** Views that are no picture of the tree have no path above them; profiles without functions no table below. */
function getWorkClass(model: Model | null): string {
  if (model === null || !isPanel(model.view.value)) return 'work';
  const legend = model.view.value === 'timeline' ? '' : ' is-bare';
  return `work is-panel${legend}${model.hasFunctions ? '' : ' is-alone'}`;
}

function progressLine(app: App, progress: Progress): TemplateResult {
  const at = progress.total >= LARGE_BYTES ? 'progress' : 'progress later';
  return html`<div class=${at} role="status"><span>${describeProgress(progress)}</span>
    <button type="button" class="btn line" @click=${app.session.cancel}>Cancel</button></div>`;
}

/** `Reading folio.prof, 31 of 84 MB`. */
function describeProgress({ name, loaded, total, stage }: Progress): string {
  const what = name === '' ? 'the profile' : name;
  if (stage === 'read') return `Reading ${what}, all ${formatBytes(total || loaded)} are here`;
  if (stage === 'prepare') return `Preparing the call tree of ${what}`;
  if (loaded === 0) return `Reading ${what}`;
  if (total === 0) return `Reading ${what}, ${formatBytes(loaded)}`;
  return `Reading ${what}, ${formatBytes(loaded)} of ${formatBytes(total)}`;
}
