/**
 * The first picture of a profile: drawn before the app is loaded, by the view that the app then goes on with.
 *
 * Only what stands in the frame of the page is made here, empty; the app fills in the rest around the chart, which
 * keeps its element and its place.
 */
import { assignColors } from '../../shared/color/colors.ts';
import { packageOf } from '../../shared/color/packages.ts';
import type { NodeIndex } from '../../shared/tree/call-tree.ts';
import { DEFAULT_STATE } from '../state/app-state.ts';
import type { OpenDocument } from '../state/document.ts';
import type { ChartView } from '../views/chart.ts';
import type { BlockInfo, Point } from '../views/chart-props.ts';
import { mountIcicle } from '../views/icicle/icicle.ts';
import { COMPACT_FROM, chooseBarsHeight, countLevels } from './chart-size.ts';
import type { Preferences } from './preferences.ts';

/** A picture on screen, and what it is of. */
export interface FirstPicture {
  readonly document: OpenDocument;
  /** Element that the view lives in. */
  readonly host: HTMLElement;
  readonly view: ChartView;
  /** What was clicked meanwhile; null: nothing. */
  readonly getWish: () => Wish | null;
  /** What the pointer rests on; null: nothing. */
  readonly getHover: () => { readonly block: BlockInfo; readonly at: Point | null } | null;
}

/** A click that came before anybody could follow it. */
export interface Wish {
  readonly act: 'select' | 'zoom';
  readonly node: NodeIndex;
}

/** Shows a profile's picture in `root`, in the default state of a page. */
export function showFirstPicture(root: HTMLElement, document: OpenDocument, preferences: Preferences): FirstPicture {
  const { profile, tree } = document;
  const { work, host } = makeFrame(root);
  const levels = countLevels(tree);
  const height = chooseBarsHeight(work.clientHeight, levels, preferences.isNarrow.peek());
  work.style.setProperty('--chart-height', `${height}px`);
  const packages = packageOf(profile);
  let wish: Wish | null = null;
  let hover: { readonly block: BlockInfo; readonly at: Point | null } | null = null;
  const view = mountIcicle(host, {
    tree,
    whole: tree.total[0] ?? 0,
    packages,
    colors: assignColors(profile, packages, DEFAULT_STATE.color),
    theme: preferences.theme.peek(),
    zoom: 0,
    selected: -1,
    selectedFrame: -1,
    matches: null,
    maxDepth: Infinity,
    cutoff: DEFAULT_STATE.cutoff,
    measuredOnly: DEFAULT_STATE.measuredOnly,
    flame: false,
    compact: levels > COMPACT_FROM,
    gestures: null,
    printing: false,
    motion: preferences.motion.peek(),
    onHover: (block, at) => {
      hover = block && { block, at };
    },
    onSelect: (node) => {
      wish = { act: 'select', node };
    },
    onZoom: (node) => {
      wish = { act: 'zoom', node };
    },
    onZoomOut: () => undefined,
    onMeasured: () => undefined,
  });
  return { document, host, view, getWish: () => wish, getHover: () => hover };
}

/** The rows of the page around the chart, empty, in the heights that they will have. */
function makeFrame(root: HTMLElement): { readonly work: HTMLElement; readonly host: HTMLElement } {
  const make = (name: string, className: string, parent: HTMLElement): HTMLElement => {
    const element = document.createElement(name);
    element.className = className;
    parent.append(element);
    return element;
  };
  for (const [name, className] of [
    ['header', 'header'],
    ['div', 'facts'],
    ['nav', 'tabs'],
  ] as const) {
    make(name, className, root);
  }
  const work = make('main', 'work', root);
  make('div', 'crumbs', work);
  const host = make('div', 'host', make('section', 'chart', work));
  make('div', 'legend', work);
  make('aside', 'details-area', work);
  return { work, host };
}
