/**
 * The line above the chart: root, way to the zoomed function, way on to the selection, and the ways back.
 *
 *   [root: parse ×]  main › build › … › render › page   ›  format › escape        ☰  Zoom out  Reset zoom 0
 */
import { html, nothing, type TemplateResult } from 'lit-html';
import { getShownRoot } from '../../shared/layout/layout.ts';
import { type CallTree, Certainty, type NodeIndex } from '../../shared/tree/call-tree.ts';
import { getShownName } from '../../shared/tree/frame-text.ts';
import { ESTIMATED, formatMetric, formatShare } from '../../shared/units/format.ts';
import { icon } from '../controls/icons.ts';
import { closePopover, type MenuItem, menu, panel } from '../controls/popover.ts';
import type { App } from './context.ts';
import type { Model } from './model.ts';

/** Roots that the picker lists: more are found faster by search. */
const MOST_ROOTS = 40;

/** The crumbs; an empty line of the same height without a model. */
export function crumbs(app: App, model: Model | null): TemplateResult {
  if (model === null) return html`<div class="crumbs"></div>`;
  const { tree, isPart } = model.shown.value;
  const { zoom, node } = model.selection.value;
  const top = getShownRoot(tree, zoom);
  const path = listPath(tree, top);
  const after = node > 0 && node !== top && isBelow(tree, node, top) ? listPath(tree, node).slice(path.length) : [];
  const room = app.preferences.isNarrow.value ? 5 : app.preferences.isMedium.value ? 6 : 10;
  return html`<nav class="crumbs" aria-label="Path to the zoomed function">
    ${isPart ? rootChip(app, model) : nothing}
    <ol>${stepsOf(app, model, path, after, room)}</ol>
    <div class="tools">
      ${stackPanel(app, model, path, after)}
      ${zoom > 0 ? html`<button type="button" class="btn tight" @click=${app.commands.zoomOut}>${icon('up', 14)}<span class="wide">Zoom out</span></button>` : nothing}
      <button type="button" class="btn tight" ?disabled=${zoom <= 0} @click=${app.commands.resetZoom}>Reset zoom <kbd>0</kbd></button>
    </div>
  </nav>`;
}

/** Node 0 and everything down to `node`, without node 0 where the only root stands for it. */
function listPath(tree: CallTree, node: NodeIndex): NodeIndex[] {
  const path: NodeIndex[] = [];
  for (let at = node; at >= 0; at = tree.parent[at] ?? -1) path.push(at);
  path.reverse();
  return path.length > 1 && getShownRoot(tree, 0) !== 0 ? path.slice(1) : path;
}

function isBelow(tree: CallTree, node: NodeIndex, above: NodeIndex): boolean {
  let at: NodeIndex = node;
  while (at > above) at = tree.parent[at] ?? -1;
  return at === above;
}

function stepsOf(app: App, model: Model, path: NodeIndex[], after: NodeIndex[], room: number): TemplateResult[] {
  const here = path[path.length - 1]!;
  const shown = shorten(path, Math.max(3, room - Math.min(after.length, 3)));
  const tail = shorten(after, Math.max(1, room - shown.length));
  return [...shown, ...tail].map((node, index) => {
    const kind = node === here ? 'here' : index < shown.length ? 'c' : 'after';
    const arrow = index === 0 ? nothing : icon('right', 12);
    if (node === null)
      return html`<li class=${kind}>${arrow}<button type="button" aria-label="The calls in between" popovertarget="stack-panel">…</button></li>`;
    if (node === 0) return html`<li class=${kind}>${arrow}${rootPicker(app, model)}</li>`;
    const name = nameOf(model, node);
    const act = () => (kind === 'after' ? app.commands.selectNode(node) : app.commands.zoomTo(node));
    return html`<li class=${kind}>${arrow}<button type="button" title=${name} aria-current=${kind === 'here' ? 'location' : nothing} @click=${act}>${name}</button></li>`;
  });
}

/** At most `room` of them, both ends kept, null for the middle. */
function shorten(nodes: readonly NodeIndex[], room: number): (NodeIndex | null)[] {
  if (nodes.length <= room) return [...nodes];
  const head = Math.floor((room - 1) / 2);
  const tail = room - 1 - head;
  return [...nodes.slice(0, head), null, ...nodes.slice(nodes.length - tail)];
}

function rootChip(app: App, model: Model): TemplateResult {
  const { tree, rootFrame } = model.shown.value;
  const name = rootFrame >= 0 ? getShownName(model.document.profile, rootFrame) : nameOf(model, getShownRoot(tree, 0));
  const title = rootFrame >= 0 ? `${name}, wherever it is called from` : `${name}, this one block`;
  return html`<span class="rooted" title=${title}>root <b>${name}</b><button type="button" aria-label="Reset root" title="Reset root" @click=${app.commands.resetRoot}>${icon('close', 12)}</button></span>`;
}

/** "all", with the roots under it. */
function rootPicker(app: App, model: Model): TemplateResult {
  const { tree } = model.shown.value;
  tree.open(0);
  const first = tree.firstChild[0] ?? 0;
  const count = tree.childCount[0] ?? 0;
  const unit = model.unit;
  const items = Array.from({ length: Math.min(count, MOST_ROOTS) }, (_, index): MenuItem => {
    const root = first + index;
    return {
      label: nameOf(model, root),
      detail: `${formatMetric(tree.total[root] ?? 0, unit)}  ${formatShare((tree.total[root] ?? 0) / (model.whole || 1))}`,
      ...(index === 0
        ? { before: count > MOST_ROOTS ? `The largest ${MOST_ROOTS} of ${count} roots` : `${count} roots` }
        : {}),
      run: () => app.commands.cutTo(root),
    };
  });
  return menu(
    {
      id: 'root-picker',
      className: 'roots',
      name: 'All roots',
      title: 'Show one root',
      button: html`all ${icon('down', 12)}`,
    },
    [{ label: 'Everything', detail: formatMetric(tree.total[0] ?? 0, unit), run: app.commands.resetZoom }, ...items],
  );
}

/** The whole call stack of the selection, else of what is zoomed. */
function stackPanel(app: App, model: Model, path: NodeIndex[], after: NodeIndex[]): TemplateResult {
  const { tree } = model.shown.value;
  const here = path[path.length - 1];
  const unit = model.unit;
  const stack = [...path, ...after].filter((node) => node > 0);
  const last = stack.at(-1) ?? -1;
  const cut = (event: Event) => {
    closePopover(event.currentTarget);
    app.commands.cutTo(last);
  };
  return panel(
    {
      id: 'stack-panel',
      className: 'btn icon',
      name: 'Call stack',
      title: 'Call stack',
      align: 'right',
      button: icon('list'),
    },
    html`<div class="title">Call stack, ${stack.length === 1 ? '1 function' : `${stack.length} functions`}, outermost first</div>
      <ol class="stack-list">${stack.map((node) => {
        const go = (event: Event) => {
          closePopover(event.currentTarget);
          app.commands.zoomTo(node);
        };
        return html`<li><button type="button" class=${node === here ? 'item here' : 'item'} @click=${go}><span class="cut">${nameOf(model, node)}</span><span class="detail">${tree.certainty[node] === Certainty.inferred ? ESTIMATED : nothing}${formatMetric(tree.total[node] ?? 0, unit)}</span></button></li>`;
      })}</ol>
      ${last > 0 ? html`<hr><button type="button" class="item cut-here" @click=${cut}><span class="cut">Show only this ${nameOf(model, last)}</span><span class="detail"><kbd>⇧</kbd> <kbd>r</kbd></span></button>` : nothing}`,
  );
}

function nameOf(model: Model, node: NodeIndex): string {
  const frame = model.shown.value.tree.frame[node] ?? -1;
  return frame < 0 ? 'all' : getShownName(model.document.profile, frame);
}
