/** A file that could not be opened: what it is, what is wrong and where, and how to make a good one. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Excerpt } from '../../shared/protocol/worker.ts';
import { formatCount } from '../../shared/units/format.ts';
import { icon } from '../controls/icons.ts';
import type { App } from './context.ts';
import { bareHeader } from './header.ts';
import type { FailedFile } from './session.ts';

const LINE_BYTES = 16;

/** The page for one bad file. `onBack` returns to the profile that is still open, if one is. */
export function errorPage(app: App, file: FailedFile, onBack: (() => void) | null): TemplateResult {
  const { failure, name, bytes } = file;
  const { heading, lead } = splitMessage(failure.message);
  const command = getCommand(file);
  return html`${bareHeader(app, name)}
    <main class="page narrow"><div class="col">
      <p class="muted">${name}${bytes > 0 ? html`, ${formatCount(bytes)} bytes` : nothing}</p>
      <h1>${heading}</h1>
      ${lead === '' ? nothing : html`<p class="lead">${lead}</p>`}
      ${failure.excerpt === null ? nothing : html`<section><h2>Where it breaks</h2>${hexLines(failure.excerpt)}</section>`}
      ${
        command === null && failure.advice === null
          ? nothing
          : html`<section><h2>Make a good one</h2>
              ${command === null ? nothing : html`<div class="code"><code>${command}</code><button type="button" class="btn line icon" aria-label="Copy the command" title="Copy" @click=${() => app.commands.copy(command, 'Command')}>${icon('copy')}</button></div>`}
              ${failure.advice === null ? nothing : html`<p class="prose advice">${failure.advice}</p>`}</section>`
      }
      <div class="buttons">
        <button type="button" class="btn primary" @click=${app.commands.chooseFiles}>Open another file…</button>
        ${onBack === null ? nothing : html`<button type="button" class="btn line" @click=${onBack}>Back to the profile</button>`}
        <span class="grow"></span>
        <button type="button" class="btn" @click=${() => app.commands.copy(printReport(file), 'Report')}>${icon('copy')}Copy this report</button>
      </div>
    </div></main>`;
}

/** The first sentence is the heading. What follows, or a heading too long for one, explains. */
function splitMessage(message: string): { heading: string; lead: string } {
  const end = /[.:;]\s/.exec(message);
  if (end && end.index <= 90) {
    const rest = message.slice(end.index + 2);
    return { heading: capitalise(message.slice(0, end.index)), lead: capitalise(rest) };
  }
  if (message.length <= 90) return { heading: capitalise(message.replace(/\.$/, '')), lead: '' };
  return { heading: 'This file can’t be opened', lead: capitalise(message) };
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The command that makes a file of the kind this one was meant to be. */
function getCommand({ name, failure }: FailedFile): string | null {
  if (failure.code === 'unknown-format' || failure.format === 'pstats') {
    return `python -m cProfile -o ${/^[\w.-]+\.(prof|pstats|pstat|out)$/.test(name) ? name : 'app.prof'} app.py`;
  }
  return null;
}

function hexLines({ start, bytes, at, ends }: Excerpt): TemplateResult {
  const width = Math.max(5, (start + bytes.length).toString(16).length);
  const lines = Array.from({ length: Math.ceil(Math.max(1, bytes.length) / LINE_BYTES) }, (_, index) => {
    const from = index * LINE_BYTES;
    return hexLine(start + from, bytes.subarray(from, from + LINE_BYTES), at, ends, width);
  });
  return html`<div class="hex" role="group" aria-label=${`Bytes around offset ${at}`}>${lines}</div>`;
}

function hexLine(offset: number, bytes: Uint8Array, at: number, ends: boolean, width: number): TemplateResult {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const place = at - offset;
  const isHere = place >= 0 && (place < bytes.length || (ends && place === bytes.length));
  const before = isHere ? hex.slice(0, place).join(' ') : hex.join(' ');
  const mark = !isHere
    ? nothing
    : ends
      ? html`<span class="bad"> ends here </span>`
      : html`<span class="bad">${hex[place]}</span>`;
  const after = isHere && !ends ? hex.slice(place + 1).join(' ') : '';
  const fill = isHere && ends ? '' : ' '.repeat((LINE_BYTES - bytes.length) * 3);
  const letters =
    isHere && ends
      ? ''
      : `   ${Array.from(bytes, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('')}`;
  return html`<div><span class="off">0x${offset.toString(16).padStart(width, '0')}  </span>${before}${isHere && place > 0 ? ' ' : ''}${mark}${after === '' ? '' : ` ${after}`}${fill}<span class="faint">${letters}</span></div>`;
}

/** What a bug report needs, as text. Holds the bytes on screen, nothing else of the file. */
function printReport({ name, bytes, failure }: FailedFile): string {
  const lines = [
    `tsviz could not open ${name} (${bytes} bytes)`,
    `${failure.code}${failure.format === null ? '' : ` in ${failure.format}`}: ${failure.message}`,
  ];
  if (failure.excerpt) {
    const { start, bytes: near, at } = failure.excerpt;
    lines.push(
      `bytes from ${start}, fault at ${at}: ${Array.from(near, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}`,
    );
  }
  return lines.join('\n');
}
