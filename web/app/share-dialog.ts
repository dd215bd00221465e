/**
 * A link to this view for somebody else.
 *
 * The token is asked for when the dialog opens and lives only in it. A file that was opened in this browser is given to
 * the server only when its user presses the button that says so.
 */
import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { ShareBody } from '../../shared/protocol/api.ts';
import { formatBytes } from '../../shared/units/format.ts';
import { ApiError, postShare, uploadProfile } from '../client/api.ts';
import { dialog } from '../controls/dialog.ts';
import { icon } from '../controls/icons.ts';
import { drawQrCode } from '../controls/qr-code.ts';
import type { OpenDocument } from '../state/document.ts';
import type { App } from './context.ts';

type Step =
  | { readonly kind: 'asking' }
  | { readonly kind: 'offer-upload' }
  | { readonly kind: 'uploading' }
  | { readonly kind: 'links'; readonly share: ShareBody }
  /** Somebody who has the link themselves: they may pass on the address, the token is not theirs to give. */
  | { readonly kind: 'viewer' }
  | { readonly kind: 'failed'; readonly message: string };

/** Mounts the share dialog in `host`; `close` when it is gone. */
export function openShareDialog(host: HTMLElement, app: App, document: OpenDocument, onClose: () => void): void {
  let step: Step = { kind: 'asking' };
  const draw = (next: Step) => {
    step = next;
    if (host.isConnected) render(dialog('Share this view', body(), finish), host);
  };
  const finish = () => {
    step = { kind: 'asking' };
    render(nothing, host);
    onClose();
  };
  const ask = async () => {
    if (app.session.info.value?.role === 'viewer') return draw({ kind: 'viewer' });
    await postShare().then(
      (share) => draw({ kind: 'links', share }),
      (error: unknown) => draw({ kind: 'failed', message: describeError(error) }),
    );
  };
  const upload = async () => {
    draw({ kind: 'uploading' });
    try {
      const bytes = await app.session.findBytes(document);
      if (bytes === null)
        return draw({
          kind: 'failed',
          message: 'The file is no longer kept in this browser. Open it again, then share it.',
        });
      const uploaded = await uploadProfile(document.name, bytes);
      app.session.adopt(document, uploaded.id);
      await ask();
    } catch (error) {
      draw({ kind: 'failed', message: describeError(error) });
    }
  };

  function body(): TemplateResult {
    switch (step.kind) {
      case 'asking':
        return html`<p class="prose">Asking the server for the link…</p>`;
      case 'uploading':
        return html`<p class="prose">Handing ${document.name} to the server…</p>`;
      case 'failed':
        return html`<p class="prose">${step.message}</p>`;
      case 'offer-upload':
        return offerUpload(app, document, () => void upload());
      case 'viewer':
        return html`${linkField(app, app.store.getAddress())}
          <p class="prose">Whoever has the link that you were given can open this address too. A new link with a token comes only from
            the person who started tsviz.</p>`;
      case 'links':
        return step.share.links.length > 0 ? links(app, step.share) : loopback(app, step.share);
      default:
        return step satisfies never;
    }
  }

  if (document.origin === 'browser') draw({ kind: 'offer-upload' });
  else {
    draw(step);
    void ask();
  }
}

function links(app: App, share: ShareBody): TemplateResult {
  const [best = '', ...others] = share.links.map((link) => addView(link, app.store.getAddress()));
  return html`<span class="label">Link</span>${linkField(app, best)}
    <div class="share-body">${drawQrCode(best, document) ?? nothing}
      <div>
        <p class="prose"><b>What they see:</b> this view, with the same zoom, selection, search and colours.</p>
        <p class="prose"><b>Who can open it:</b> anyone on this network who has the link, while tsviz runs here. They can read everything that it has open.
          The connection is plain HTTP.</p>
        <p class="prose"><b>What is sent:</b> the profile’s numbers and names. Source files are not included.</p>
        ${others.length === 0 ? nothing : html`<p class="prose"><b>Other addresses of this machine:</b> ${others.map((link) => new URL(link).host).join(', ')}</p>`}
      </div>
    </div>`;
}

function loopback(app: App, share: ShareBody): TemplateResult {
  return html`<span class="label">Link, for this machine only</span>${linkField(app, app.store.getAddress())}
    <h3>Nobody else can open it yet</h3>
    <p class="prose">tsviz listens on this machine alone. To let teammates in, stop it and start it with <b class="whole">--share</b>: it then prints a link with a token,
      and this dialog has it too.</p>
    <div class="code share-command"><code>${share.command}</code><button type="button" class="btn line icon" aria-label="Copy the command" title="Copy" @click=${() => app.commands.copy(share.command, 'Command')}>${icon('copy')}</button></div>`;
}

function offerUpload(app: App, document: OpenDocument, onUpload: () => void): TemplateResult {
  const mayUpload = app.session.info.value?.mayUpload ?? false;
  return html`<p class="prose"><b>${document.name}</b> (${formatBytes(document.bytes)}) was opened in this browser and has not left it. For a link, the server that tsviz
      runs here must have it.</p>
    ${
      mayUpload
        ? html`<p class="prose">It is kept in that server’s memory until it stops, and whoever has the link can read it.</p>
          <div class="page-buttons"><button type="button" class="btn primary large" @click=${onUpload}>Hand it to the server</button></div>`
        : html`<p class="prose">You may not give files to this server. Ask the person who started it, or open the file with your own: <b>tsviz ${document.name}</b></p>`
    }`;
}

function linkField(app: App, link: string): TemplateResult {
  return html`<div class="url">
    <div class="field"><input readonly aria-label="Link" .value=${link} @focus=${(event: Event) => (event.currentTarget as HTMLInputElement).select()}></div>
    <button type="button" class="btn primary large" @click=${() => app.commands.copy(link, 'Link')}>${icon('copy')}Copy link</button>
  </div>`;
}

/** The server's link with path and query of this view; its own query, the token, stays. */
function addView(link: string, address: string): string {
  const shared = new URL(link);
  const view = new URL(address);
  shared.pathname = view.pathname;
  for (const [name, value] of view.searchParams) shared.searchParams.set(name, value);
  return shared.href;
}

function describeError(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
