/**
 * The details panel: one function in words and numbers; of the block that is meant, and everywhere.
 *
 *   name, place, how sure   this block | everywhere   why estimated   called by, calls   actions
 *
 * On small windows it is a strip of two lines, and More opens the panel over the table. How far the lists are expanded
 * and whether the panel is open are all that is kept here, and only as long as the function stays the same.
 */
import './details.css';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { FrameIndex } from '../../../shared/model/profile.ts';
import { Certainty } from '../../../shared/tree/call-tree.ts';
import { type Edge, findCallees, findCallers } from '../../../shared/tree/edges.ts';
import { formatCount, UNKNOWN } from '../../../shared/units/format.ts';
import { icon } from '../../controls/icons.ts';
import type { View } from '../view.ts';
import { edgeListTemplate, MORE_EDGES } from './edge-list.ts';
import {
  type Amount,
  type Amounts,
  findRoots,
  getBlockAmounts,
  getEstimate,
  getFullPlace,
  getFunctionAmounts,
  getLabel,
  getPlaceParts,
  getProfileAmounts,
  getWords,
} from './numbers.ts';
import type { DetailsProps } from './props.ts';
import { whyTemplate } from './why.ts';

const CALLERS_AT_FIRST = 4;
const CALLEES_AT_FIRST = 6;

/** Shows the details in `host`, filling it. */
export function mountDetails(host: HTMLElement, props: DetailsProps): View<DetailsProps> {
  const view = new DetailsView(host, complete(props));
  return { update: (next) => view.update(complete(next)), destroy: () => view.destroy() };
}

/** Without a function the whole profile is meant, and that is a block: the root of everything. */
function complete(props: DetailsProps): DetailsProps {
  return props.frame < 0 && props.node !== 0 ? { ...props, node: 0 } : props;
}

class DetailsView {
  readonly #host: HTMLElement;
  #props: DetailsProps;
  #isOpen = false;
  #callersShown = CALLERS_AT_FIRST;
  #calleesShown = CALLEES_AT_FIRST;
  #edges: { profile: DetailsProps['profile']; frame: FrameIndex; callers: Edge[]; callees: Edge[] } | null = null;

  constructor(host: HTMLElement, props: DetailsProps) {
    this.#host = host;
    this.#props = props;
    host.classList.add('details');
    host.addEventListener('keydown', this.#onKey);
    this.#draw();
  }

  update(props: DetailsProps): void {
    const before = this.#props;
    this.#props = props;
    if (props.frame !== before.frame || props.profile !== before.profile) {
      this.#callersShown = CALLERS_AT_FIRST;
      this.#calleesShown = CALLEES_AT_FIRST;
    }
    if (!props.strip) this.#isOpen = false;
    this.#draw();
  }

  destroy(): void {
    this.#host.removeEventListener('keydown', this.#onKey);
    render(nothing, this.#host);
    this.#host.classList.remove('details');
    this.#host.removeAttribute('data-view-ready');
  }

  #draw(): void {
    render(this.#props.strip ? this.#strip() : this.#panel(), this.#host);
    this.#host.setAttribute('data-view-ready', 'details');
  }

  #panel(): TemplateResult {
    const { props } = this;
    const estimate = getEstimate(props.tree, props.node);
    return html`<div class="details-panel" role="region" aria-label="Details">
      ${this.#title()}
      <section class="details-section">${this.#numbers()}</section>
      ${estimate === null ? nothing : whyTemplate(props, estimate)} ${this.#edgeLists()} ${this.#actions()}
    </div>`;
  }

  #strip(): TemplateResult {
    const { props } = this;
    // Of "all" the calls are those of the file, not those of the roots, and nobody's own time is its.
    const all = props.node === 0 ? getProfileAmounts(props.rows, props.tree) : null;
    const block = props.node > 0 ? getBlockAmounts(props.tree, props.node, props.whole) : null;
    const everywhere = this.#everywhere();
    const pair = (label: string, text: string, share = '') =>
      html`<span class="details-pair"><span class="faint">${label}</span> <b>${text}</b> <span class="muted">${share}</span></span>`;
    return html`<div class="details-strip" role="region" aria-label="Details in short">
        <div class="details-line"><b class="details-strip-name cut"><bdi>${getLabel(props.profile, props.frame)}</bdi></b><span class="muted cut grow"><bdi>${this.#place()}</bdi></span>${this.#tag()}</div>
        <div class="details-line"><span class="details-pairs">
          ${all === null ? nothing : html`${pair('total', all.total)} ${all.calls === UNKNOWN ? nothing : pair(getWords(props.profile).calls, all.calls)}`}
          ${block === null ? nothing : html`${pair('total', block.total.text, block.total.share)} ${pair('self', block.self.text)} ${props.profile.contexts !== undefined && !props.profile.traits.hasCounts ? nothing : pair(getWords(props.profile).calls, block.calls.text)}`}
          ${everywhere === null ? nothing : pair('everywhere', everywhere.total.text, everywhere.total.share)}
          </span><button type="button" class="btn tight" data-action="details-more" aria-expanded=${this.#isOpen ? 'true' : 'false'} @click=${this.#toggle}>More${icon('previous', 14)}</button>
        </div>
      </div>
      ${
        this.#isOpen
          ? html`<div class="details-sheet">
              <button type="button" class="btn tight details-close" data-action="details-less" @click=${this.#toggle}>Less${icon('down', 14)}</button>${this.#panel()}
            </div>`
          : nothing
      }`;
  }

  get props(): DetailsProps {
    return this.#props;
  }

  #title(): TemplateResult {
    const { profile, frame } = this.props;
    const { file, directory } = frame < 0 ? { file: this.#place(), directory: '' } : getPlaceParts(profile, frame);
    const isMatched = this.props.node > 0 && this.props.tree.certainty[this.props.node] === Certainty.matched;
    return html`<section class="details-section">
      <h2 class="details-name"><bdi>${getLabel(profile, frame)}</bdi></h2>
      <div class="details-place"><span class="cut" title=${this.#place()}><bdi>${file}</bdi></span>${this.#tag()}</div>
      ${frame < 0 ? nothing : html`<div class="details-directory cut" title=${directory === '' ? nothing : directory}><bdi>${directory}</bdi></div>`}
      ${isMatched ? html`<p class="details-note">matched to the nanosecond</p>` : nothing}
    </section>`;
  }

  #place(): string {
    const { profile, rows, frame } = this.props;
    if (frame >= 0) return getFullPlace(profile, frame);
    const count = rows.functions;
    return `${formatCount(count)} ${count === 1 ? 'function' : 'functions'}`;
  }

  /** How sure the block is. A function everywhere needs no word: its numbers are the file's. */
  #tag(): TemplateResult | typeof nothing {
    const { tree, node } = this.props;
    if (node <= 0) return nothing;
    const isEstimated = tree.certainty[node] === Certainty.inferred;
    return html`<span class="details-tag"><i class=${isEstimated ? 'details-sample is-hatched' : 'details-sample'}></i>${isEstimated ? 'estimated' : 'measured'}</span>`;
  }

  #everywhere(): Amounts | null {
    const { rows, frame, whole } = this.props;
    return frame >= 0 ? getFunctionAmounts(rows, frame, whole) : null;
  }

  #numbers(): TemplateResult {
    const { rows, tree, node, whole } = this.props;
    if (node === 0) {
      const all = getProfileAmounts(rows, tree);
      return html`<table class="details-numbers"><tbody>
        <tr><th scope="row">total</th><td class="details-big">${all.total}</td></tr>
        ${all.calls === UNKNOWN ? nothing : html`<tr><th scope="row">${getWords(this.props.profile).calls}</th><td>${all.calls}</td></tr>`}
      </tbody></table>`;
    }
    const block = node >= 0 ? getBlockAmounts(tree, node, whole) : null;
    const everywhere = this.#everywhere();
    const words = getWords(this.props.profile);
    const line = (label: string, key: keyof Amounts) => html`<tr>
        <th scope="row">${label}</th>
        ${block === null ? nothing : amountTemplate(block[key], key === 'total', '')}
        ${everywhere === null ? nothing : amountTemplate(everywhere[key], key === 'total' && block === null, 'is-second')}
      </tr>`;
    // Recorded stacks that nobody counted have neither calls nor samples of a function to tell.
    const isCounted = tree.profile.contexts === undefined || tree.profile.traits.hasCounts;
    const isRecursive = everywhere !== null && everywhere.primitiveCalls.text !== '';
    return html`<table class="details-numbers">
      <thead><tr>
        <td></td>
        ${block === null ? nothing : html`<th scope="col">this block</th><td class="details-share"></td>`}
        ${everywhere === null ? nothing : html`<th scope="col">everywhere</th><td class="details-share is-second"></td>`}
      </tr></thead>
      <tbody>${line('total', 'total')}${line('self', 'self')}${isCounted ? line(words.calls, 'calls') : nothing}${
        isRecursive ? line(words.primitiveCalls, 'primitiveCalls') : nothing
      }${isCounted ? line(words.perCall, 'perCall') : nothing}</tbody>
    </table>`;
  }

  #edgeLists(): TemplateResult | typeof nothing {
    const { props } = this;
    if (props.frame < 0) return this.#roots();
    if (this.#edges?.frame !== props.frame || this.#edges.profile !== props.profile) {
      const { profile, frame, tree } = props;
      this.#edges = {
        profile,
        frame,
        callers: findCallers(profile, frame, tree.metric),
        callees: findCallees(profile, frame, tree.metric),
      };
    }
    const { callers, callees } = this.#edges;
    return html`${edgeListTemplate(props, {
      title: 'Called by',
      edges: callers,
      shown: this.#callersShown,
      onMore: () => {
        this.#callersShown += MORE_EDGES;
        this.#draw();
      },
    })}
    ${edgeListTemplate(props, {
      title: 'Calls',
      edges: callees,
      shown: this.#calleesShown,
      onMore: this.#moreCallees,
    })}`;
  }

  /** Of the whole profile: what it starts with. */
  #roots(): TemplateResult | typeof nothing {
    const { props } = this;
    const roots = findRoots(props.tree);
    return edgeListTemplate(props, {
      title: 'Roots',
      edges: roots,
      shown: this.#calleesShown,
      onMore: this.#moreCallees,
    });
  }

  #moreCallees = (): void => {
    this.#calleesShown += MORE_EDGES;
    this.#draw();
  };

  #actions(): TemplateResult | typeof nothing {
    const { props } = this;
    if (props.frame < 0) return nothing;
    const action = (name: string, keys: string, key: string, text: string, glyph: 'zoom' | 'root', act: () => void) =>
      html`<button type="button" class="btn" data-action=${name} aria-keyshortcuts=${keys} @click=${act}>${icon(glyph)}${text}<kbd aria-hidden="true">${key}</kbd></button>`;
    return html`<section class="details-section details-actions">
      ${props.node > 0 ? action('zoom', 'Enter', '↵', 'Zoom', 'zoom', () => props.onZoom(props.node)) : nothing}
      ${action('make-root', 'r', 'r', 'Make root', 'root', () => props.onRoot(props.frame))}
    </section>`;
  }

  #toggle = (): void => {
    this.#isOpen = !this.#isOpen;
    this.#draw();
    const next = this.#isOpen ? 'details-less' : 'details-more';
    this.#host.querySelector<HTMLElement>(`[data-action="${next}"]`)?.focus();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    this.#toggle();
  };
}

/** Letters of a number that still fit beside its share. */
const SHORT_NUMBER = 11;

/** A number and its share in two cells; a very long one without a share takes both. */
function amountTemplate({ text, share }: Amount, isStrong: boolean, className: string): TemplateResult {
  const strong = isStrong ? 'details-big' : '';
  if (share === '' && text.length > SHORT_NUMBER) return html`<td class=${strong} colspan="2">${text}</td>`;
  return html`<td class=${strong}>${text}</td><td class=${`details-share ${className}`}>${share}</td>`;
}
