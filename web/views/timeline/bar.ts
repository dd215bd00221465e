/** The line over the overview: what is in view, what trees and table are limited to, and the list of calls. */
import { html, nothing, render } from 'lit-html';
import { formatMetric } from '../../../shared/units/format.ts';
import { icon } from '../../controls/icons.ts';
import type { TimeRange } from '../panel-props.ts';
import type { Lanes } from './lanes.ts';
import { formatStretch } from './times.ts';

/** What the bar shows, and what its buttons do. */
export interface BarProps {
  readonly lanes: Lanes;
  /** Part of the axis in view; null: all of it. */
  readonly shown: TimeRange | null;
  readonly range: TimeRange | null;
  readonly isListOpen: boolean;
  readonly narrow: boolean;
  onRange(range: TimeRange): void;
  onList(): void;
}

/** Draws the bar. */
export function renderBar(host: HTMLElement, props: BarProps): void {
  const { lanes, shown, range, isListOpen, narrow } = props;
  const { axis, unit, otherAxis } = lanes;
  const whole = formatMetric(lanes.length, unit);
  const say = (stretch: TimeRange): string => formatStretch(stretch, axis.from, unit);
  /** Nothing to limit where it is limited to just that. */
  const isRange = shown !== null && range !== null && say(shown) === say(range);
  const length = (stretch: TimeRange): string => formatMetric(stretch.to - stretch.from, unit);
  render(
    html`<span class="cut" data-role="timeline-shown">${
      shown === null
        ? html`<b>${whole}</b>${narrow ? nothing : ' in all'}`
        : html`<b>${say(shown)}</b>${narrow ? nothing : html` in view, ${length(shown)} of ${whole}`}`
    }</span>
    ${
      shown === null || isRange
        ? nothing
        : html`<button type="button" class="btn" data-action="timeline-limit" title="The other views and the table show this stretch alone (Shift+Enter: that of a call)"
            @click=${() => props.onRange(shown)}>${icon('filter', 14)}<span>Limit to this</span></button>`
    }
    ${otherAxis > 0 ? html`<span class="muted cut">${otherAxis === 1 ? '1 thread counts' : `${otherAxis} threads count`} something else and can be chosen by name</span>` : nothing}
    <span class="grow"></span>
    <button type="button" class="btn" data-action="timeline-list" aria-pressed=${isListOpen ? 'true' : 'false'} @click=${props.onList}>${icon('list')}<span>List calls</span></button>`,
    host,
  );
}
