/** Over each panel: what its unit is, and its lines, which are shown or hidden by a click. */
import { html, type TemplateResult } from 'lit-html';
import type { Theme } from '../../../shared/color/palette.ts';
import { setStyles } from '../../controls/styles.ts';
import { getLineColor } from '../../paint/series-colors.ts';
import type { SeriesGeometry } from './geometry.ts';
import type { Panel } from './tracks.ts';
import { UNIT_TITLES } from './words.ts';

/** What the heads show. */
export interface HeadProps {
  readonly panels: readonly Panel[];
  readonly geometry: SeriesGeometry;
  readonly theme: Theme;
  onToggle(key: string): void;
}

/** CSS pixels that a name takes, roughly: more of them than there is room for stand in the table only. */
const ENTRY_PX = 132;

/** Heads of all panels, in their places. */
export function headTemplates({ panels, geometry, theme, onToggle }: HeadProps): TemplateResult[] {
  const most = Math.max(1, Math.floor((geometry.width - geometry.left - 60) / ENTRY_PX));
  return panels.map(({ unit, entries }, i) => {
    const shown = entries.length <= most ? entries : entries.slice(0, Math.max(1, most - 1));
    const left = entries.length - shown.length;
    return html`<div class="series-head" role="group" aria-label=${UNIT_TITLES[unit]} ${setStyles({ top: `${geometry.panels[i]!.head}px` })}>
      <span class="series-unit">${UNIT_TITLES[unit]}</span>
      ${shown.map(
        ({
          key,
          label,
          hue,
          isShown,
        }) => html`<button type="button" class="series-entry" aria-pressed=${isShown ? 'true' : 'false'}
          title=${isShown ? `Hide ${label}` : `Show ${label}`} data-key=${key} @click=${() => onToggle(key)}
          ><i ${setStyles({ 'background-color': getLineColor(hue, theme) })}></i><span class="cut">${label}</span></button>`,
      )}
      ${left > 0 ? html`<span class="faint">${left} more in the table</span>` : ''}
    </div>`;
  });
}
