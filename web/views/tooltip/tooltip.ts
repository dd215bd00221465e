/**
 * The tooltip of the charts: what the hovered block is, while the details panel says the same and more to everybody.
 *
 * It follows the pointer, takes no events, and waits a moment before it first appears so that crossing the chart shows
 * nothing. Coordinates are those of the window.
 */
import './tooltip.css';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { BlockKind } from '../../../shared/layout/blocks.ts';
import { Certainty } from '../../../shared/tree/call-tree.ts';
import { ESTIMATED, formatCount, formatMetric } from '../../../shared/units/format.ts';
import { getBlockAmounts, getLabel, getPlaceParts, getShareText, getWords } from '../details/numbers.ts';
import type { View } from '../view.ts';
import { placeTooltip } from './place.ts';
import type { TooltipBlock, TooltipProps } from './props.ts';

/** Rest of the pointer before the tooltip appears. */
const DELAY_MS = 80;

/** Shows the tooltip in `host`, which should be the last element of the page. */
export function mountTooltip(host: HTMLElement, props: TooltipProps): View<TooltipProps> {
  let current = props;
  let timer = 0;
  const isVisible = () => host.classList.contains('is-visible');

  const show = () => {
    timer = 0;
    const { block, at } = current;
    if (block === null || at === null) return;
    render(contentTemplate(current, block), host);
    host.classList.add('is-visible');
    const { width, height } = host.getBoundingClientRect();
    const place = placeTooltip({
      at,
      size: { width, height },
      window: { width: document.documentElement.clientWidth, height: window.innerHeight },
      box: block.box ?? null,
    });
    host.style.setProperty('transform', `translate(${Math.round(place.left)}px, ${Math.round(place.top)}px)`);
  };

  const update = (next: TooltipProps) => {
    current = next;
    if (next.block === null || next.at === null) {
      window.clearTimeout(timer);
      timer = 0;
      host.classList.remove('is-visible');
    } else if (isVisible()) {
      show();
    } else if (timer === 0) {
      timer = window.setTimeout(show, DELAY_MS);
    }
  };

  host.classList.add('tooltip');
  // The details panel and the chart's own announcements say the same: read twice it would only be noise.
  host.setAttribute('aria-hidden', 'true');
  update(props);
  return {
    update,
    destroy() {
      window.clearTimeout(timer);
      render(nothing, host);
      host.classList.remove('tooltip', 'is-visible');
      host.removeAttribute('aria-hidden');
    },
  };
}

function contentTemplate(props: TooltipProps, block: TooltipBlock): TemplateResult {
  const { profile, tree } = props;
  const unit = profile.metrics[tree.metric]?.unit ?? 'count';
  const name = getLabel(profile, block.frame);
  const value = (tree.certainty[block.node] === Certainty.inferred ? ESTIMATED : '') + formatMetric(block.value, unit);
  const share = getShareText(block.value, props.whole);
  switch (block.kind) {
    case BlockKind.node:
      return nodeTemplate(props, block);
    case BlockKind.self:
      return html`${headTemplate(name, 'in its own code')}${lineTemplate('self', value, share, true)}`;
    case BlockKind.gathered: {
      const smaller = `${formatCount(block.count)} smaller ${block.count === 1 ? 'block' : 'blocks'}`;
      const count = block.count === 0 ? 'more below' : smaller;
      return html`${headTemplate(count, block.frame < 0 ? '' : `under ${name}`)}${lineTemplate('total', value, share, true)}`;
    }
    case BlockKind.recursion:
      return html`${headTemplate(name, 'recursion continues')}${lineTemplate('total', value, share, true)}`;
    case BlockKind.unrecorded:
      return html`${headTemplate('not recorded here', block.frame < 0 ? '' : `under ${name}`)}${lineTemplate('total', value, share, true)}`;
    default:
      return block.kind satisfies never;
  }
}

function nodeTemplate(
  { profile, tree, whole, functions }: TooltipProps,
  { node, frame }: TooltipBlock,
): TemplateResult {
  const unit = profile.metrics[tree.metric]?.unit ?? 'count';
  const amounts = getBlockAmounts(tree, node, whole);
  const isEstimated = tree.certainty[node] === Certainty.inferred;
  const isCounted = profile.contexts === undefined || profile.traits.hasCounts;
  const [low, high] = [formatMetric(tree.low[node]!, unit), formatMetric(tree.high[node]!, unit)];
  const { file, directory } =
    frame < 0
      ? { file: `${formatCount(functions)} ${functions === 1 ? 'function' : 'functions'}`, directory: '' }
      : getPlaceParts(profile, frame);
  return html`${headTemplate(getLabel(profile, frame), file, directory)}
    ${lineTemplate('total', amounts.total.text, amounts.total.share, true)}
    ${
      // "All" has no time of its own, and calls of roots are not those that anybody means.
      frame < 0
        ? nothing
        : html`${lineTemplate('self', amounts.self.text, amounts.self.share)} ${isCounted ? lineTemplate(getWords(profile).calls, amounts.calls.text, '') : nothing}`
    }
    ${
      isEstimated
        ? html`<p class="tooltip-why">estimated: between ${low} and ${high}; the profile does not record which caller this ran under</p>`
        : nothing
    }
    ${
      tree.certainty[node] === Certainty.bounded && !tree.exact
        ? html`<p class="tooltip-why">measured within these bounds</p>`
        : nothing
    }`;
}

function headTemplate(name: string, place: string, directory = ''): TemplateResult {
  return html`<div class="tooltip-name"><bdi>${name}</bdi></div>
    <div class="tooltip-place"><bdi>${place}</bdi>${directory === '' ? nothing : html`<div class="tooltip-directory"><bdi>${directory}</bdi></div>`}</div>`;
}

function lineTemplate(label: string, text: string, share: string, strong = false): TemplateResult {
  return html`<div class="tooltip-line"><span>${label}</span><span class=${strong ? 'strong' : ''}>${text}</span><span>${share}</span></div>`;
}
