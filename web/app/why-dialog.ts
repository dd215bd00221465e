/** Why part of a picture is estimated, and what the switch does about it. */
import { html, type TemplateResult } from 'lit-html';
import { formatShare } from '../../shared/units/format.ts';
import { dialog } from '../controls/dialog.ts';
import { setMeasuredOnly } from '../state/actions.ts';
import type { App } from './context.ts';
import type { Model } from './model.ts';

/** The explanation behind "Why?". */
export function whyDialog(app: App, model: Model, onClose: () => void): TemplateResult {
  const on = app.store.state.value.measuredOnly;
  const { measured, estimated } = model.measured.value;
  const toggle = (event: Event) => {
    app.store.dispatch(setMeasuredOnly(!on), 'typing');
    (event.currentTarget as Element).closest('dialog')?.close();
  };
  return dialog(
    'Why is part of this estimated?',
    html`
      <p class="prose">The file records <b>how long each function took</b>, and <b>how long it took when called by each of its
        callers</b>. It does not record whole stacks: when a function is reached on several ways, the file cannot say how
        its time is shared among the functions further down.</p>
      <p class="prose"><b>Measured</b> blocks are plain: the file itself says their time, or leaves no other possibility, or hardly any.
        ${measured + estimated > 0 ? html`In this picture they are <b>${formatShare(measured)}</b>.` : ''}</p>
      <p class="prose"><span class="hatch-key"></span> <b>Estimated</b> blocks are hatched and have ≈ before their numbers: their time is shared out in
        proportion to what the file does say. Their details show between which bounds the true time lies.</p>
      <p class="prose"><b>Measured only</b> leaves the estimated blocks out. The numbers of the table are the file's own and never estimated.</p>
      <div class="page-buttons"><button type="button" class="btn line" @click=${toggle}>${on ? 'Show everything' : 'Show measured only'}</button></div>`,
    onClose,
  );
}
