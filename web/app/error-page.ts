/** A file that could not be opened: what it is, what is wrong and where, and how to make a good one. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Excerpt, ReadFailure } from '../../shared/protocol/worker.ts';
import { formatCount } from '../../shared/units/format.ts';
import { icon } from '../controls/icons.ts';
import type { App } from './context.ts';
import { bareHeader } from './header.ts';
import { pageRows } from './notice-rows.ts';
import type { FailedFile } from './session.ts';

const LINE_BYTES = 16;

/** The page for one bad file. `onBack` returns to the profile that is still open, if one is. */
export function errorPage(app: App, file: FailedFile, onBack: (() => void) | null): TemplateResult {
  const { failure, name, bytes } = file;
  const { heading, lead } = splitMessage(failure);
  const { words, command } = splitAdvice(file);
  return html`${bareHeader(app, name)}${pageRows(app)}
    <main class="page narrow"><div class="col">
      <p class="muted">${name}${bytes > 0 ? html`, ${formatCount(bytes)} bytes` : nothing}</p>
      <h1>${heading}</h1>
      ${lead === '' ? nothing : html`<p class="lead">${lead}</p>`}
      ${excerptSection(failure)}
      ${
        command === null && words === null
          ? nothing
          : html`<section><h2>${command === null ? 'What to do' : (words ?? 'Make a good one')}</h2>
              ${command === null ? html`<p class="prose">${endSentence(words ?? '')}</p>` : commandLine(app, command)}</section>`
      }
      <div class="buttons">
        <button type="button" class="btn primary" @click=${app.commands.chooseFiles}>Open another file…</button>
        ${onBack === null ? nothing : html`<button type="button" class="btn line" @click=${onBack}>Back to the profile</button>`}
        <span class="grow"></span>
        <button type="button" class="btn" @click=${() => app.commands.copy(printReport(file), 'Report')}>${icon('copy')}Copy this report</button>
      </div>
    </div></main>`;
}

function commandLine(app: App, command: string): TemplateResult {
  const copy = () => app.commands.copy(command, 'Command');
  return html`<div class="code"><code>${command}</code><button type="button" class="btn line icon" aria-label="Copy the command" title="Copy" @click=${copy}>${icon('copy')}</button></div>`;
}

/** Of a file that no reader knows there is no broken byte, only its first ones. */
function excerptSection({ excerpt, code }: ReadFailure): TemplateResult | typeof nothing {
  if (excerpt === null || excerpt.bytes.length === 0) return nothing;
  const isUnknown = code === 'unknown-format';
  return html`<section><h2>${isUnknown ? 'How it starts' : 'Where it breaks'}</h2>${hexLines(excerpt, isUnknown)}</section>`;
}

/** What a file that breaks at a place is called, by what is said about the place. */
const BREAKS: readonly (readonly [RegExp, string])[] = [
  [/\bfile ends\b|\bcut short\b/, 'This file ends in the middle of a profile'],
  [/\bunpacks to\b/, 'This file is too large when it is unpacked'],
  [/./, 'This file is damaged'],
];

/** A heading, and what explains it: the fault's place goes into the explanation, what the file is into the heading. */
export function splitMessage({ message, code }: ReadFailure): { heading: string; lead: string } {
  const place = /^(\w+) (byte|line) (\d+): (.+)$/s.exec(message);
  if (place) {
    const [, format, unit, at, fault] = place;
    const heading = BREAKS.find(([pattern]) => pattern.test(fault!))![1];
    return {
      heading,
      lead: `It looks like a ${format} file. At ${unit} ${formatCount(Number(at))}: ${fault!.replace(/\.$/, '')}.`,
    };
  }
  if (code === 'timeout') return { heading: 'This file takes too long to read', lead: endSentence(message) };
  const end = /(: |, not |\. )/.exec(message);
  if (end && end.index <= 90) {
    const rest = message.slice(end.index + end[0].length);
    return {
      heading: message.slice(0, end.index),
      lead: endSentence(end[0] === ', not ' ? `It is not ${rest}` : rest),
    };
  }
  if (message.length <= 90) return { heading: message.replace(/\.$/, ''), lead: '' };
  return { heading: 'This file can’t be opened', lead: endSentence(message) };
}

function endSentence(text: string): string {
  // The name of the program keeps its small letter.
  const start = text.startsWith('tsviz') ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

const COMMAND =
  /^(?:(.+?): )?((?:python|pyinstrument|hotshot|perf|gprof|pprof|go|dotnet-trace|zstd|unxz|bunzip2)[\w.]*[ .(][^,]+)$/;

/** The command with this file's name in it, where the name is one that no shell takes for something else. */
function nameFile(command: string, name: string): string {
  return /^\w[\w.+-]*$/.test(name) ? command.replace(/\bFILE\b/, name) : command;
}

/** Advice as a reader gives it: words, a command, or words and after a colon the command. */
export function splitAdvice({ name, failure }: FailedFile): { words: string | null; command: string | null } {
  const given = COMMAND.exec(failure.advice ?? '');
  if (given) return { words: given[1]?.replaceAll('`', '') ?? null, command: nameFile(given[2]!, name) };
  const own = /^[\w.-]+\.(prof|pstats|pstat|out)$/.test(name) ? name : 'app.prof';
  const command = failure.format === 'pstats' ? `python -m cProfile -o ${own} app.py` : null;
  return { words: failure.advice, command };
}

function hexLines({ start, bytes, at, ends }: Excerpt, isUnmarked: boolean): TemplateResult {
  const width = Math.max(5, (start + bytes.length).toString(16).length);
  const lines = Array.from({ length: Math.ceil(Math.max(1, bytes.length) / LINE_BYTES) }, (_, index) => {
    const from = index * LINE_BYTES;
    return hexLine(start + from, bytes.subarray(from, from + LINE_BYTES), isUnmarked ? -1 : at, ends, width);
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
