/** The small buttons and notes over an icicle: levels out of sight, and the way back to the whole width. */
import { formatCount } from '../../../shared/units/format.ts';

/** What the buttons do. */
export interface PillsTarget {
  /** Scroll by pages, down the tree if positive. */
  onPage(pages: number): void;
  onWhole(): void;
}

/** Which of the pills are shown. */
export interface PillsState {
  /** Rows there are, the first one in sight, and how many fit. */
  readonly rows: number;
  readonly first: number;
  readonly fitting: number;
  readonly isWhole: boolean;
  readonly isFlame: boolean;
  /** What to say where there is nothing to draw; `''` for nothing. */
  readonly note: string;
}

/** Buttons are on the page only while they do something. */
export class Pills {
  readonly #root: HTMLElement;
  readonly #end: HTMLButtonElement;
  readonly #start: HTMLButtonElement;
  readonly #whole: HTMLButtonElement;
  readonly #note: HTMLElement;

  constructor(root: HTMLElement, target: PillsTarget) {
    this.#root = root;
    this.#end = createButton('chart-pill at-end', () => target.onPage(1));
    this.#start = createButton('chart-pill at-start', () => target.onPage(-1));
    this.#whole = createButton('chart-pill whole', () => target.onWhole());
    this.#whole.textContent = 'Show whole width';
    this.#note = document.createElement('div');
    this.#note.className = 'chart-note';
  }

  update({ rows, first, fitting, isWhole, isFlame, note }: PillsState): void {
    const hidden = Math.max(0, rows - first - fitting);
    const [towardsEnd, towardsStart] = isFlame ? ['above', 'below'] : ['below', 'above'];
    this.#show(this.#end, hidden > 0, `${countLevels(hidden)} ${towardsEnd}`);
    this.#show(this.#start, first > 0, `${countLevels(first)} ${towardsStart}`);
    this.#show(this.#whole, !isWhole, 'Show whole width');
    this.#show(this.#note, note !== '', note);
  }

  #show(element: HTMLElement, isShown: boolean, text: string): void {
    if (isShown && element.textContent !== text) element.textContent = text;
    if (isShown && !element.isConnected) this.#root.append(element);
    else if (!isShown) element.remove();
  }
}

function countLevels(levels: number): string {
  return levels === 1 ? '1 more level' : `${formatCount(levels)} more levels`;
}

function createButton(className: string, onClick: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  button.addEventListener('click', onClick);
  return button;
}
