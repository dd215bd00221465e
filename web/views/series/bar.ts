/** The line over the picture: when it began, what of it is in view, and the controls. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { listLines } from '../../../shared/tree/series/series-lines.ts';
import { formatDate } from '../../../shared/units/format.ts';
import { icon } from '../../controls/icons.ts';
import { type MenuItem, menu } from '../../controls/popover.ts';
import type { OtherProfile } from '../panel-props.ts';
import type { SeriesSetting } from './option.ts';
import type { TimeView } from './picture.ts';
import type { SeriesFile } from './tracks.ts';
import { formatMoment } from './words.ts';

/** What the bar shows. */
export interface BarProps {
  /** Prefix of element ids, unique on the page. */
  readonly id: string;
  readonly file: SeriesFile;
  readonly other: SeriesFile | null;
  readonly others: readonly OtherProfile[];
  readonly setting: SeriesSetting;
  readonly view: TimeView;
  readonly isZoomed: boolean;
  readonly canStack: boolean;
  /** Lanes of spans for which there is no room. */
  readonly hiddenLanes: number;
  onChange(change: Partial<SeriesSetting>): void;
  onReset(): void;
}

/** The bar. */
export function barTemplate(props: BarProps): TemplateResult {
  const { setting, onChange } = props;
  const hasValues = props.file.lines.length > 0 || props.other !== null;
  return html`<div class="series-bar">
    <span class="series-when">${describeTime(props)}</span>
    ${props.others.length === 0 && setting.other === '' ? nothing : compareMenu(props)}
    ${props.canStack ? check('Stacked', 'series-stack', setting.isStacked, () => onChange({ isStacked: !setting.isStacked })) : nothing}
    ${hasValues ? check('From zero', 'series-zero', setting.fromZero || setting.isStacked, () => onChange({ fromZero: !setting.fromZero }), setting.isStacked) : nothing}
    <button type="button" class="btn tight" data-action="series-reset" ?disabled=${!props.isZoomed} @click=${props.onReset}>Reset zoom<kbd>0</kbd></button>
  </div>`;
}

function describeTime({ file, other, view, isZoomed, hiddenLanes, setting, others }: BarProps): TemplateResult {
  const wanted = others.find(({ id }) => id === setting.other);
  const note =
    setting.other !== '' && other === null
      ? html`<span class="series-missing">${wanted === undefined ? 'The other profile is not open any more.' : wanted.threads !== null ? `${wanted.name} has no values over time.` : `Opening ${wanted.name} …`}</span>`
      : nothing;
  return html`${
    isZoomed
      ? html`<span><b>${formatMoment(view.from, file.axis, view.to - view.from)}</b> to <b>${formatMoment(view.to, file.axis, view.to - view.from)}</b> of ${formatMoment(file.duration, file.axis)}</span>`
      : html`<span><b>${formatMoment(file.duration, file.axis)}</b>${file.axis === 'count' ? ' steps, without times' : ''}</span>`
  }${Number.isNaN(file.date) ? nothing : html`<span class="series-date">from ${formatDate(file.date)}</span>`}${
    other === null
      ? nothing
      : html`<span class="cut">dashed: <b>${other.name}</b>, ${formatMoment(other.duration, other.axis)}</span>`
  }${hiddenLanes > 0 ? html`<span class="series-date">${hiddenLanes} deeper ${hiddenLanes === 1 ? 'level' : 'levels'} of functions in the table</span>` : nothing}${note}`;
}

function compareMenu({ id, others, setting, onChange }: BarProps): TemplateResult {
  const chosen = others.find((each) => each.id === setting.other);
  const none: MenuItem = { label: 'nothing', checked: setting.other === '', run: () => onChange({ other: '' }) };
  const items = others.map(
    (each): MenuItem => ({
      label: each.name,
      checked: each.id === setting.other,
      ...(each.threads !== null && listLines(each.threads).length === 0 ? { detail: 'no values over time' } : {}),
      run: () => onChange({ other: each.id }),
    }),
  );
  return menu(
    {
      id: `${id}-with`,
      className: 'btn tight',
      name: 'Compare with',
      align: 'right',
      button: html`<span>Compare with</span><b class="cut series-with">${chosen?.name ?? 'nothing'}</b>${icon('down', 14)}`,
    },
    [none, ...items],
  );
}

function check(label: string, action: string, isOn: boolean, run: () => void, isFixed = false): TemplateResult {
  return html`<button type="button" class="btn tight" role="switch" data-action=${action} aria-checked=${isOn ? 'true' : 'false'} ?disabled=${isFixed} @click=${run}
    ><span class="box">${isOn ? icon('check', 10) : nothing}</span>${label}</button>`;
}
