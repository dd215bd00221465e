/** The list beside the rings: self time inside the zoomed node by function, which rings can't show. */
import { getSwatchColor } from '../../../shared/color/colors.ts';
import type { FrameIndex } from '../../../shared/model/profile.ts';
import type { NodeIndex } from '../../../shared/tree/call-tree.ts';
import { findSelfInside, type SelfInsideList } from '../../../shared/tree/self-inside.ts';
import { ESTIMATED, formatMetric } from '../../../shared/units/format.ts';
import type { ChartProps } from '../chart-props.ts';
import { formatTotal, getFrameName, getNodeName, getUnit } from '../chart-scene.ts';

const ROW_PX = 24;
const HEAD_PX = 28;
/** Work at a time, and between two times: frames are drawn there. */
const SLICE_MS = 4;
const PAUSE_MS = 12;
/** Narrowest bar of a value that is not 0. */
const LEAST_BAR = 2;

/** The list as elements. It computes in idle moments, so that a zoom never waits for it. */
export class SelfList {
  readonly element = document.createElement('section');
  readonly #head = document.createElement('h2');
  readonly #rows = document.createElement('ul');
  readonly #onSelect: (frame: FrameIndex) => void;
  #known: { tree: unknown; node: NodeIndex; list: SelfInsideList } | null = null;
  #timer = 0;

  constructor(onSelect: (frame: FrameIndex) => void) {
    this.#onSelect = onSelect;
    this.element.className = 'sunburst-list';
    this.element.setAttribute('aria-label', 'Self time by function');
    this.element.append(this.#head, this.#rows);
    this.#head.append(document.createElement('span'), document.createElement('span'));
  }

  /** Shows the list of `node`. */
  update(props: ChartProps, node: NodeIndex): void {
    clearTimeout(this.#timer);
    if (this.#known?.tree === props.tree && this.#known.node === node) this.#render(props, node, this.#known.list);
    // After the animation of the zoom that brought us here.
    else this.#timer = window.setTimeout(() => this.#start(props, node), this.#known && props.motion ? 260 : PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.element.remove();
  }

  #start(props: ChartProps, node: NodeIndex): void {
    // Hidden where there is no room for it: then there is nothing to compute either.
    if (this.element.clientHeight > 0) this.#compute(props, node, findSelfInside(props.tree, node));
  }

  /** In slices of a part of a frame each. */
  #compute(props: ChartProps, node: NodeIndex, steps: ReturnType<typeof findSelfInside>): void {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      const step = steps.next();
      if (step.done) {
        this.#known = { tree: props.tree, node, list: step.value };
        this.#render(props, node, step.value);
        return;
      }
    }
    this.#timer = window.setTimeout(() => this.#compute(props, node, steps), PAUSE_MS);
  }

  #render(props: ChartProps, node: NodeIndex, { rows, rest }: SelfInsideList): void {
    const { tree, colors, theme, selectedFrame, matches } = props;
    const unit = getUnit(tree);
    this.#head.children[0]!.textContent = `Self time inside ${getNodeName(tree, node)}`;
    this.#head.children[1]!.textContent = `of ${formatTotal(tree, node)}`;
    const room = Math.max(0, Math.floor((this.element.clientHeight - HEAD_PX) / ROW_PX));
    const most = rows[0]?.self ?? 0;
    const shown = rows.slice(0, rest > 0 ? Math.max(0, room - 1) : room);
    const items = shown.map(({ frame, self, estimated }) => {
      const button = document.createElement('button');
      button.type = 'button';
      const swatch = createCell('sunburst-swatch', '');
      swatch.style.background = getSwatchColor(colors.swatch(frame), theme);
      const bar = createCell('sunburst-bar', '');
      const fill = document.createElement('i');
      fill.style.width = `max(${LEAST_BAR}px, ${(most > 0 ? self / most : 0) * 100}%)`;
      bar.append(fill);
      const name = createCell('sunburst-name', getFrameName(tree, frame));
      button.title = name.textContent ?? '';
      const time = createCell('sunburst-time', (estimated ? ESTIMATED : '') + formatMetric(self, unit));
      button.append(swatch, name, bar, time);
      button.addEventListener('click', () => this.#onSelect(frame));
      const item = document.createElement('li');
      item.classList.toggle('selected', frame === selectedFrame);
      item.classList.toggle('unmatched', matches !== null && matches[frame] !== 1);
      item.classList.toggle('matched', matches?.[frame] === 1);
      item.append(button);
      return item;
    });
    if (rest > 0) items.push(createRest(formatMetric(rest, unit)));
    const { activeElement } = document;
    const focused = [...this.#rows.children].findIndex((item) => item.contains(activeElement));
    this.#rows.replaceChildren(...items);
    // The button that was pressed has been replaced: the focus goes on where it was.
    if (focused >= 0) this.#rows.children[focused]?.querySelector('button')?.focus();
  }
}

function createRest(time: string): HTMLLIElement {
  const line = createCell('sunburst-rest', '');
  line.append(createCell('sunburst-name', 'in blocks too small to tell apart'), createCell('sunburst-time', time));
  const item = document.createElement('li');
  item.append(line);
  return item;
}

function createCell(className: string, text: string): HTMLElement {
  const cell = document.createElement('span');
  cell.className = className;
  cell.textContent = text;
  return cell;
}
