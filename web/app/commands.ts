/**
 * What the user can do, whether by key, button, menu or click in a view. Zoom, root and view are steps of the browser's
 * history; everything else changes the address in place.
 */

import { effect, untracked } from '@preact/signals-core';
import { getShownRoot } from '../../shared/layout/layout.ts';
import { getFrameKey } from '../../shared/model/frame-key.ts';
import type { FrameIndex } from '../../shared/model/profile.ts';
import type { NodeIndex } from '../../shared/tree/call-tree.ts';
import { findNextMatch } from '../../shared/tree/match-walk.ts';
import { findWidestNode } from '../../shared/tree/widest.ts';
import { SEARCH_INPUT_ID } from '../controls/search-box.ts';
import * as actions from '../state/actions.ts';
import { formatStep, getNodePath, type NodePath } from '../state/node-path.ts';
import type { Store } from '../state/store.ts';
import { getHover, type Model } from './model.ts';
import type { Session } from './session.ts';

/** Everything a person can do, by name. */
export interface Commands {
  selectNode(node: NodeIndex): void;
  /** Selects a function, at its widest block on screen or elsewhere. */
  selectFrame(frame: FrameIndex): void;
  zoomTo(node: NodeIndex): void;
  /** One level out; from everything there is no way out. */
  zoomOut(): void;
  resetZoom(): void;
  /** Roots the tree at a function wherever it is called from. */
  makeRoot(frame: FrameIndex): void;
  /** Roots the tree at the function that the keyboard is on, else the selected, else the zoomed one. */
  makeSelectedRoot(): void;
  /** Cuts the tree down to one block. */
  cutTo(node: NodeIndex): void;
  /** Cuts the tree down to the block that the keyboard is on, else the selected, else the zoomed one. */
  cutToSelected(): void;
  resetRoot(): void;
  zoomToSelected(): void;
  walkMatches(step: 1 | -1): void;
  setView(index: number): void;
  /** Shows a thread, or all together, by its key. */
  setThread(key: string): void;
  goToSearch(): void;
  /** To the next or previous open profile. */
  switchProfile(step: 1 | -1): void;
  chooseFiles(): void;
  /** Back and forward in the browser's history, but never out of the program. */
  undo(): void;
  redo(): void;
  copy(text: string, what: string): void;
}

/**
 * Acts once what is typed has been searched for: at once as a rule. Whoever types and presses Enter in one go means the
 * matches of what they typed, which a worker is still looking for.
 */
function whenFound(store: Store, model: Model, act: () => void): void {
  let done = false;
  let stop = () => {};
  stop = effect(() => {
    const { search, searchMode } = store.state.value;
    const { query } = model.search.value;
    if (done || (search !== '' && (query?.text !== search || query.mode !== searchMode))) return;
    done = true;
    if (search !== '') untracked(act);
    stop();
  });
  if (done) stop();
}

/** The commands of a page. */
export function createCommands(
  store: Store,
  session: Session,
  getModel: () => Model | null,
  say: (text: string) => void,
): Commands {
  const pathOf = (model: Model, node: NodeIndex): NodePath =>
    getNodePath(model.shown.value.tree, model.document.codes, node);
  /** Filling the width with the only root is the same as not zooming at all. */
  const zoomPathOf = (model: Model, node: NodeIndex): NodePath =>
    node <= 0 || node === getShownRoot(model.shown.value.tree, 0) ? '' : pathOf(model, node);

  const commands: Commands = {
    selectNode(node) {
      const model = getModel();
      if (model) store.dispatch(actions.selectNode(node < 0 ? '' : pathOf(model, node)), 'typing');
    },
    selectFrame(frame) {
      const model = getModel();
      if (!model || frame < 0) return;
      const { tree } = model.shown.value;
      const chosen = model.selection.value.node;
      const node = chosen > 0 && tree.frame[chosen] === frame ? chosen : findWidestNode(tree, frame);
      const key = getFrameKey(model.document.profile, frame);
      store.dispatch(actions.selectFunction(key, node < 0 ? '' : pathOf(model, node)), 'typing');
    },
    zoomTo(node) {
      const model = getModel();
      if (!model) return;
      const zoom = zoomPathOf(model, node);
      const select = node > 0 ? pathOf(model, node) : store.state.value.select;
      store.dispatch(actions.zoomTo(zoom, select), zoom === store.state.value.zoom ? 'typing' : 'step');
    },
    zoomOut() {
      const model = getModel();
      if (!model || model.selection.value.zoom <= 0) return;
      const above = model.shown.value.tree.parent[model.selection.value.zoom] ?? 0;
      store.dispatch(actions.setZoom(zoomPathOf(model, above)), 'step');
    },
    resetZoom: () => store.dispatch(actions.setZoom(''), 'step'),
    makeRoot(frame) {
      const model = getModel();
      if (!model || frame < 0) return;
      const step = formatStep(model.document.codes[frame] ?? 0);
      store.dispatch(actions.makeRoot(getFrameKey(model.document.profile, frame), step), 'step');
    },
    makeSelectedRoot() {
      const model = getModel();
      if (!model) return;
      const cursor = getHover(model);
      if (cursor !== null && cursor.at === null && cursor.block.frame >= 0)
        return commands.makeRoot(cursor.block.frame);
      const { frame, zoom } = model.selection.value;
      commands.makeRoot(frame >= 0 ? frame : zoom > 0 ? (model.shown.value.tree.frame[zoom] ?? -1) : -1);
    },
    cutTo(node) {
      const model = getModel();
      if (model && node > 0) store.dispatch(actions.cutToNode(pathOf(model, node)), 'step');
    },
    cutToSelected() {
      const model = getModel();
      if (!model) return;
      const cursor = getHover(model);
      const { node, zoom } = model.selection.value;
      commands.cutTo(cursor !== null && cursor.at === null ? cursor.block.node : node > 0 ? node : zoom);
    },
    resetRoot() {
      const model = getModel();
      const frame = model?.selection.value.frame ?? -1;
      const key = model && frame >= 0 ? getFrameKey(model.document.profile, frame) : '';
      store.dispatch(actions.resetRoot(key), 'step');
    },
    zoomToSelected() {
      const node = getModel()?.selection.value.node ?? -1;
      if (node > 0) commands.zoomTo(node);
    },
    walkMatches(step) {
      const model = getModel();
      if (!model) return;
      whenFound(store, model, () => {
        const { found } = model.search.value;
        if (found === null || found.count === 0 || getModel() !== model) return;
        commands.selectFrame(findNextMatch(found, model.rows, model.selection.value.frame, step));
      });
    },
    setView(index) {
      const model = getModel();
      const view = model?.views[index];
      if (model && view) store.dispatch(actions.setView(view), view === model.view.value ? 'typing' : 'step');
    },
    setThread(key) {
      const model = getModel();
      if (!model) return;
      const { frame } = model.selection.value;
      const selected = frame < 0 ? '' : getFrameKey(model.document.profile, frame);
      store.dispatch(actions.setThread(key, selected), 'step');
    },
    goToSearch() {
      const input = document.getElementById(SEARCH_INPUT_ID);
      if (!(input instanceof HTMLInputElement)) return;
      input.focus();
      input.select();
    },
    async switchProfile(step) {
      // The list of what is open is asked for after the first picture: whoever is quick is here before it.
      if (session.info.peek() === null) await session.refreshInfo();
      const entries = session.entries.value;
      if (entries.length < 2) return;
      const here = JSON.stringify(store.place.value);
      const at = entries.findIndex(({ place }) => JSON.stringify(place) === here);
      store.go(entries[(Math.max(0, at) + step + entries.length) % entries.length]!.place);
    },
    undo() {
      if (store.canGoBack()) history.back();
      else say('Nothing to undo');
    },
    redo: () => history.forward(),
    chooseFiles() {
      const input = document.createElement('input');
      input.type = 'file';
      input.multiple = true;
      // In the document, because Safari forgets inputs that are nowhere before a file is chosen.
      input.hidden = true;
      document.body.append(input);
      input.addEventListener('change', () => {
        input.remove();
        void session.openFiles([...(input.files ?? [])]);
      });
      input.addEventListener('cancel', () => input.remove());
      input.click();
    },
    copy(text, what) {
      void copyText(text).then((done) => say(done ? `${what} copied` : 'The browser did not let the page copy it'));
    },
  };
  return commands;
}

/** Pages that came over plain HTTP from another machine have no clipboard interface; the old way still works there. */
async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (done) return true;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
