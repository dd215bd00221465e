/** Every repeat of a statement, in the order they were made; and all of the file as text. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { formatCount, formatMetric } from '../../../shared/units/format.ts';
import { icon } from '../../controls/icons.ts';
import type { Statement } from './statements.ts';

/** More are counted only; a copy has them all. */
const MOST_LISTED = 1000;

/** The list of a statement. */
export function repeatsTemplate({ key, row }: Statement, onCopy: () => void): TemplateResult {
  const { values, unit, best, worst } = row;
  if (values.length === 0) {
    return html`<section class="timings-repeats" aria-label="Repeats" tabindex="0"><h2>Repeats of <span class="timings-code">${key}</span></h2>
      <p class="timings-note">The file has a summary only. Run it again with all repeats: <code>python -m timeit -v</code> lists them, and so does a file of pyperf.</p></section>`;
  }
  const [fastest, slowest] = [values.indexOf(best), values.indexOf(worst)];
  const listed = values.subarray(0, MOST_LISTED);
  return html`<section class="timings-repeats" aria-label="Repeats" tabindex="0">
    <h2><span>Repeats of <span class="timings-code">${key}</span>, in the order they were made</span>
      <button type="button" class="btn tight" data-action="copy-repeats" aria-label="Copy the repeats of all statements" @click=${onCopy}>${icon('copy')}Copy all</button></h2>
    <ol>${Array.from(
      listed,
      (value, i) =>
        html`<li><span class="faint">${formatCount(i + 1)}</span><span title=${`${value} ${unit}`}>${formatMetric(value, unit)}</span>${
          i === fastest ? html`<b>best</b>` : i === slowest ? html`<b>worst</b>` : nothing
        }</li>`,
    )}</ol>
    ${values.length > MOST_LISTED ? html`<p class="timings-note">and ${formatCount(values.length - MOST_LISTED)} more</p>` : nothing}
  </section>`;
}

/** Exact values of all repeats, as text that a spreadsheet takes: a line for each. */
export function printStatements(statements: readonly Statement[]): string {
  const lines = statements.flatMap(({ key, row }) =>
    Array.from(row.values, (value, i) =>
      [key.replaceAll(/[\t\r\n]/g, ' '), i + 1, value, row.unit, Number.isNaN(row.loops) ? '' : row.loops].join('\t'),
    ),
  );
  return ['statement\trepeat\tvalue per loop\tunit\tloops', ...lines].join('\n');
}
