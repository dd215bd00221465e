import { describe, expect, it } from 'vitest';
import { UsageError } from '../shared/errors.ts';
import { parseCommandLine } from './cli.ts';

const parse = (line: string) => parseCommandLine(line.split(' ').filter(Boolean), '1.2.3');

function faultOf(line: string): string {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'no fault';
}

describe('the command line', () => {
  it('without a verb serves, on port 8080 of loopback, with a token, and opens a browser', () => {
    expect(parse('app.prof')).toEqual({
      verb: 'serve',
      options: {
        files: ['app.prof'],
        host: null,
        port: 8080,
        open: true,
        browser: null,
        share: false,
        shareWrite: false,
        shareSource: false,
        sourceRoots: [],
        allowHosts: [],
        token: true,
        json: false,
        maxBytes: 512_000_000,
        timing: false,
        quiet: false,
        verbose: false,
      },
    });
  });

  it('takes options before and after files, and any number of files', () => {
    const { options } = parse(
      '-p 0 a.prof --share b.prof - -H 10.0.0.1 --allow-host a --allow-host b --share-write --share-source --source-root x --source-root y',
    ) as {
      options: object;
    };
    expect(options).toMatchObject({
      files: ['a.prof', 'b.prof', '-'],
      port: 0,
      share: true,
      shareWrite: true,
      shareSource: true,
      sourceRoots: ['x', 'y'],
      host: '10.0.0.1',
      allowHosts: ['a', 'b'],
    });
  });

  it.each(['-s', '--no-open', '--server'])('opens no browser with %s', (option) => {
    expect(parse(`${option} app.prof`)).toMatchObject({ options: { open: false } });
  });

  it('takes names that begin with a dash after --', () => {
    expect(parse('-- --share')).toMatchObject({ verb: 'serve', options: { files: ['--share'], share: false } });
  });

  it('knows verbs only in front', () => {
    expect(parse('top app.prof -n 5 --sort cumtime,name --filter a --filter b')).toMatchObject({
      verb: 'top',
      options: { file: 'app.prof', limit: 5, sort: ['cumtime', 'name'], filters: ['a', 'b'] },
    });
    expect(parse('app.prof top')).toMatchObject({ verb: 'serve', options: { files: ['app.prof', 'top'] } });
    expect(parse('inspect app.prof --json --tree --min-share 0.01 --max-nodes 9')).toMatchObject({
      verb: 'inspect',
      options: { file: 'app.prof', json: true, tree: true, minShare: 0.01, maxNodes: 9, limit: null },
    });
  });

  it('prints version and help, of verbs too', () => {
    expect(parse('-V')).toEqual({ verb: 'print', text: '1.2.3\n' });
    expect(parse('--help')).toMatchObject({ verb: 'print', text: expect.stringContaining('--share') });
    expect(parse('top --help')).toMatchObject({ verb: 'print', text: expect.stringContaining('--callers') });
    expect(parse('--help --nonsense')).toMatchObject({ verb: 'print' });
  });

  it.each([
    ['512MB', 512_000_000],
    ['2GB', 2_000_000_000],
    ['1.5k', 1500],
    ['1000', 1000],
  ])('reads %s as a size', (text, bytes) => {
    expect(parse(`--max-size ${text}`)).toMatchObject({ options: { maxBytes: bytes } });
  });

  it.each([
    ['--prot 3', "unknown option '--prot' (did you mean --port?); see tsviz --help"],
    ['--port', "option '-p, --port <N>' argument missing; see tsviz --help"],
    ['--port 99999', '--port needs a number from 0 to 65535, found "99999"'],
    ['--port x', '--port needs a number from 0 to 65535, found "x"'],
    ['--max-size lots', '--max-size needs a size such as 512MB or 2GB, found "lots"'],
    ['top', "missing required argument 'FILE'; see tsviz --help"],
    ['top a b', "too many arguments for 'top'. Expected 1 argument but got 2; see tsviz --help"],
    ['top a -n many', 'a count needs to be a whole number, found "many"'],
    ['inspect a --min-share 2', '--min-share needs a number from 0 to 1, found "2"'],
  ])('refuses %j in one sentence', (line, sentence) => {
    expect(faultOf(line)).toBe(sentence);
  });
});
