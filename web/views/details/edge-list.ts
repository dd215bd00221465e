/** Called by, calls: the edges of a function with their own numbers, the widest first, and the rest on demand. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Edge } from '../../../shared/tree/edges.ts';
import { formatCount, formatMetric } from '../../../shared/units/format.ts';
import { setStyles } from '../../controls/styles.ts';
import { getLabel, getWords } from './numbers.ts';
import type { DetailsProps } from './props.ts';

/** Edges that one click on `n more` adds: a panel is read, not searched. */
export const MORE_EDGES = 50;

/** A list of edges and how much of it is shown. */
export interface EdgeListOptions {
  readonly title: 'Called by' | 'Calls' | 'Roots';
  readonly edges: readonly Edge[];
  /** Edges to show. */
  readonly shown: number;
  onMore(): void;
}

/** A section of edges; nothing when there are none. */
export function edgeListTemplate(props: DetailsProps, options: EdgeListOptions): TemplateResult | typeof nothing {
  const { title, edges, shown } = options;
  if (edges.length === 0) return nothing;
  // Files of the pure-Python profiler have counts on edges and no times.
  const timed = edges.some((edge) => !Number.isNaN(edge.total));
  const amount = (edge: Edge) => (timed ? edge.total : edge.calls);
  const largest = edges.reduce((most, edge) => Math.max(most, amount(edge) || 0), 0);
  const rest = edges.length - shown;
  const words = getWords(props.profile);
  return html`<section class="details-section">
    <h3><span>${title} ${formatCount(edges.length)}</span><span>${title === 'Roots' ? 'total' : timed ? 'edge total' : `edge ${words.calls}`}</span></h3>
    <ul class="details-edges">
      ${edges.slice(0, shown).map((edge) => {
        const value = amount(edge);
        const bar = largest > 0 && value > 0 ? value / largest : 0;
        const text = timed ? formatMetric(value, props.rows.unit) : formatCount(value);
        const calls = Number.isNaN(edge.calls) ? '' : `, ${words.calls}: ${formatCount(edge.calls)}`;
        const name = getLabel(props.profile, edge.frame);
        return html`<li><button type="button" class="details-edge" title=${`${name}: ${text}${calls}`} @click=${() => props.onSelectFrame(edge.frame)}
          ><span class="details-swatch" ${setStyles({ background: props.swatch(edge.frame) })}></span
          ><bdi class="cut grow">${name}</bdi
          ><span class="details-edge-bar" aria-hidden="true"><i class=${bar > 0 ? 'is-seen' : ''} ${setStyles({ width: `${(bar * 100).toFixed(2)}%` })}></i></span
          ><span class="details-edge-value">${text}</span></button></li>`;
      })}
    </ul>
    ${
      rest > 0
        ? html`<button type="button" class="link details-more" @click=${options.onMore}>${formatCount(rest)} more</button>`
        : nothing
    }
  </section>`;
}
