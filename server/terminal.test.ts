import { describe, expect, it } from 'vitest';
import { makeTerminal, plain, plainJson } from './terminal.ts';

function capture(isTTY: boolean, env: Readonly<Record<string, string>> = {}, quiet = false) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  return { terminal: makeTerminal(stream, stream, { quiet, env }), written };
}

describe('R41: text out of files', () => {
  it.each([
    ['\u001b]52;c;aGk=\u0007copies', 'copies'],
    ['\u001b]0;title\u001b\\name', 'name'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u009b31mred', 'red'],
    ['\u0090payload\u009cname', 'name'],
    ['\u001bPpayload', ''],
    ['bell\u0007 back\b line\nreturn\r', 'bell\ufffd back\ufffd line\ufffdreturn\ufffd'],
    ['exe\u202egnp.js', 'exe\ufffdgnp.js'],
    ['lone \u001b', 'lone \ufffd'],
    ['naïve – 名前 🐍', 'naïve – 名前 🐍'],
  ])('R41: %j is printed as %j', (text, printed) => {
    expect(plain(text)).toBe(printed);
  });

  it('R41: stands in JSON whole, as escapes', () => {
    const text = 'a\u001b]0;x\u0007\u009b\u202e\u007f\nz';
    const json = plainJson({ text });
    expect(json).toMatch(/^[ -~]+$/);
    expect(JSON.parse(json)).toEqual({ text });
  });

  it('R41: in messages obeys nobody', () => {
    const { terminal, written } = capture(false);
    terminal.complain('\u001b[2Japp.prof', 'starts with "\u001b]0;x\u0007"');
    expect(written).toEqual(['tsviz: app.prof: starts with ""\n']);
  });
});

describe('the terminal', () => {
  it('is coloured where somebody looks, unless NO_COLOR says no or FORCE_COLOR says yes', () => {
    const isColoured = (isTTY: boolean, env: Readonly<Record<string, string>>) => {
      const { terminal, written } = capture(isTTY, env);
      terminal.complain(null, 'x');
      return written.join('').includes('\u001b[');
    };
    expect(isColoured(true, {})).toBe(true);
    expect(isColoured(false, {})).toBe(false);
    expect(isColoured(true, { NO_COLOR: '1' })).toBe(false);
    expect(isColoured(true, { TERM: 'dumb' })).toBe(false);
    expect(isColoured(false, { FORCE_COLOR: '1' })).toBe(true);
    expect(isColoured(true, { FORCE_COLOR: '0' })).toBe(false);
    expect(isColoured(true, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
  });

  it('keeps notes to itself with --quiet, but not errors', () => {
    const { terminal, written } = capture(false, {}, true);
    terminal.note('stopped');
    terminal.complain(null, 'no such file');
    expect(written).toEqual(['tsviz: no such file\n']);
  });
});
