/**
 * *Why estimated*: a line from 0 to the caller's time, the proved bounds hatched on it, a mark at the estimate, and one
 * sentence. Places are percentages of the line.
 *
 *   0 ─────▒▒▒▒▒▒▒▒▒|▒▒▒▒▒▒▒▒▒▒▒───  caller's time
 *          low    estimate     high
 */
import { html, type TemplateResult } from 'lit-html';
import { formatCount, formatMetric } from '../../../shared/units/format.ts';
import { setStyles } from '../../controls/styles.ts';
import { type Estimate, getLabel } from './numbers.ts';
import type { DetailsProps } from './props.ts';

/** The section about an estimated block. */
export function whyTemplate(props: DetailsProps, estimate: Estimate): TemplateResult {
  const { tree, node, rows } = props;
  const unit = rows.unit;
  // The bounds can reach beyond the caller's own estimate; the line then ends where they do.
  const end = Math.max(estimate.above, estimate.high) || 1;
  const percent = (value: number) => `${((Math.max(0, value) / end) * 100).toFixed(2)}%`;
  const [low, high] = [formatMetric(estimate.low, unit), formatMetric(estimate.high, unit)];
  return html`<section class="details-section">
    <h3><span>Why estimated</span><button type="button" class="link" data-action="why" @click=${props.onWhy}>More</button></h3>
    <div class="details-range" aria-hidden="true" ${setStyles({ '--from': percent(estimate.low), '--to': percent(estimate.high), '--at': percent(estimate.value), '--hue': props.swatch(tree.frame[node]!) })}>
      <i class="details-hatched"></i><i class="details-mark"></i>
    </div>
    <div class="details-bounds" aria-hidden="true" ${setStyles({ '--from': percent(estimate.low), '--to': percent(estimate.high) })}><span>${low}</span><span>${high}</span></div>
    <p class="prose">${reasonTemplate(props, estimate)} Here: between <b>${low}</b> and <b>${high}</b>.</p>
  </section>`;
}

function reasonTemplate(
  { profile, rows, tree, node, frame }: DetailsProps,
  { shared, callers, isCut }: Estimate,
): TemplateResult {
  const took = formatMetric(rows.total[frame] ?? Number.NaN, rows.unit);
  const whole = html`<b><bdi>${getLabel(profile, frame)}</bdi></b> took <b>${took}</b> in all`;
  if (isCut) return html`${whole}; the profile does not record how much of that was in this one place.`;
  if (shared < 0 || shared === tree.frame[node]) {
    return html`${whole}; it is reached through itself, and the profile does not record how deep.`;
  }
  return html`${whole}; <b><bdi>${getLabel(profile, shared)}</bdi></b> above it has ${formatCount(callers)} callers, and the
    profile does not record for which of them it ran.`;
}
