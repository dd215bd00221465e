/**
 * The timeline: stacks in order of time (a flame chart), a lane per thread, with an overview, a range that trees and table
 * can be limited to, and the calls as a list.
 *
 *   bar        what is in view · range × · List calls
 *   overview   ▁▂▅▇┃▇▅▂┃▁▁          the part in view, to drag and resize
 *   chart      ruler, lanes         wheel, drag, pinch and keys as in the icicle; a click selects a function
 *   [list]     calls of the selected function, else those that are drawn
 *
 * Kept here, dying with the mouse: the scroll, the way back from zooms, the call under pointer and keyboard. The part in
 * view, folded threads and whether the list is open are the setting (`option.ts`).
 */
import '../icicle/icicle.css';
import './timeline.css';
import type { MountPanel, PanelProps } from '../panel-props.ts';
import type { View } from '../view.ts';
import { Board } from './board.ts';
import { arrangeLanes } from './lanes.ts';
import { prepareThreads, runBetweenFrames } from './prepare.ts';

/** Shows samples in order of time. */
export const mountTimeline: MountPanel = (host, props) => new Timeline(host, props);

class Timeline implements View<PanelProps> {
  readonly #host: HTMLElement;
  #props: PanelProps;
  #board: Board | null = null;
  #stopPreparing: () => void = () => undefined;

  constructor(host: HTMLElement, props: PanelProps) {
    this.#host = host;
    this.#props = props;
    host.classList.add('timeline');
    this.#prepare();
  }

  update(props: PanelProps): void {
    const before = this.#props;
    this.#props = props;
    const isOther =
      props.threads.length !== before.threads.length || props.threads.some((thread, i) => thread !== before.threads[i]);
    if (isOther) this.#prepare();
    else this.#board?.update(props);
  }

  destroy(): void {
    this.#stopPreparing();
    this.#board?.destroy();
    this.#host.classList.remove('timeline');
    this.#host.removeAttribute('data-view-ready');
  }

  #prepare(): void {
    this.#stopPreparing();
    this.#board?.destroy();
    this.#board = null;
    this.#host.removeAttribute('data-view-ready');
    this.#host.replaceChildren();
    this.#stopPreparing = runBetweenFrames(prepareThreads(this.#props.threads), (threads) => {
      if (arrangeLanes(threads, []) !== null) this.#board = new Board(this.#host, this.#props, threads);
      else this.#sayNothing();
    });
  }

  #sayNothing(): void {
    const note = document.createElement('p');
    note.className = 'timeline-nothing';
    note.textContent = 'This file does not say when what ran.';
    this.#host.replaceChildren(note);
    this.#host.dataset.viewReady = 'timeline';
  }
}
