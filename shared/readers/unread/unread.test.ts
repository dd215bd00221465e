import { describe, expect, it } from 'vitest';
import { UnknownFormatError } from '../../errors.ts';
import { corpusFiles, readCorpusFile, readSample } from '../../testing/corpus.ts';
import { readBytes } from '../index.ts';
import { sniffFormat } from '../sniff-format.ts';
import { recognize } from './index.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** Formats whose name in the corpus is not the one here. */
const SAME_KIND = new Map([
  ['firefox-processed', 'gecko'],
  ['pprof-legacy-cpu', 'pprof-legacy'],
  ['pprof-legacy-java', 'pprof-legacy'],
]);

describe('a file of the corpus that is not read', () => {
  it('is named, with what to do', async () => {
    for (const { file, format } of corpusFiles()) {
      const refusal = await readBytes(readCorpusFile(file), 'unknown').then(
        () => null,
        (error: unknown) => error,
      );
      if (refusal === null) continue;
      expect(refusal, file).toBeInstanceOf(UnknownFormatError);
      const { details, message } = refusal as UnknownFormatError;
      expect(details.format, file).toBe(SAME_KIND.get(format) ?? format);
      expect(message, file).toMatch(/^This is an? .*: tsviz does not read that format yet, only pstats files$/);
      expect(details.advice, file).toMatch(/^[A-Z].{10,}/);
    }
  });
});

describe('recognize', () => {
  it.each([
    ['a perf.data file, with what to do', 'PERFILE2\0\0\0\0', 'perf-data', 'perf script'],
    ['a log of V8', 'v8-version,11,3,244\nshared-library', 'v8-raw-log', '--prof-process --preprocess'],
    [
      'a report of perf',
      '# To display the perf.data header info, please use --header\n#\n',
      'perf-report',
      'perf script',
    ],
    ['perf data as JSON', '{"linux-perf-json-version": 1, "samples": []}', 'perf-json', 'perf script'],
    ['a report of Valgrind', '-----\n320,785 (100.0%)  PROGRAM TOTALS\n', 'callgrind-report', 'callgrind.out.PID'],
    ['a Massif file', 'desc: (none)\ncmd: ./app\ntime_unit: i\nheap_tree=empty\n', 'massif', 'ms_print'],
    ['a report of pprof', 'File: app\nType: cpu\nTime: now\n', 'pprof-report', 'pprof -proto'],
    [
      'a report of gperftools',
      'Total: 40 samples\n  40 100.0% 100.0% 40 100.0% burn\n',
      'pprof-report',
      'pprof -proto',
    ],
    ['a trace of Go', 'go 1.19 trace\0\0\0\x01', 'go-trace', 'go tool trace'],
    ['a heap snapshot', '{"snapshot": {"meta": {}}, "nodes": [], "edges": []}', 'heapsnapshot', '--heap-prof'],
    ['a DHAT profile', '{"dhatFileVersion": 2, "mode": "heap"}', 'dhat', 'dh_view'],
    ['a notebook', '{"cells": [], "nbformat": 4}', 'notebook', '%prun -D'],
    ['a page', '<!DOCTYPE html>\n<html><body>', 'html', 'cProfile'],
    ['a Python script', '#!/usr/bin/env python3\nx = 1\n', 'python', 'cProfile -o app.prof'],
  ])('knows %s', (_, text, id, advice) => {
    const kind = recognize(encode(text));
    expect(kind.id).toBe(id);
    expect(kind.advice).toContain(advice);
  });

  it('does not take prose, tables or settings for collapsed stacks', () => {
    for (const text of ['I have 3\napples; and 4\n', '1 2\n3 4\n', 'key = 1\nother = 2\n', 'size 3, weight 4\n']) {
      expect(recognize(encode(text)).id).toBe('text');
      expect(sniffFormat(encode(text)), text).toBeNull();
    }
  });

  it('looks at keys near the top only, whatever they are called', () => {
    const deep = '{"a":{"b":{"nbformat":[]}},"__proto__":{"nbformat":1}}';
    expect(recognize(encode(deep)).found).toBe(' with the keys "a", "__proto__"');
  });

  it('says where JSON is damaged', () => {
    expect(recognize(encode('{"nodes":[{"callFrame":}]]')).found).toContain('damaged at byte 25');
    expect(recognize(encode('["a')).found).toContain('breaks off at byte 3, inside a string');
  });
});

describe('sniffFormat', () => {
  it('tells what a listing shows from a short head', () => {
    const head = (path: string) => readSample(path).subarray(0, 16);
    expect(sniffFormat(head('pstats/orders-py36.prof'))).toEqual({
      id: 'pstats',
      title: 'pstats (cProfile)',
      isReadable: true,
    });
    expect(sniffFormat(head('pstats/orders-py27.prof'))?.id).toBe('pstats');
    expect(sniffFormat(head('pstats/empty-py311.prof'))?.id).toBe('pstats');
    expect(sniffFormat(Uint8Array.of(0x1f, 0x8b, 8))).toEqual({ id: 'gzip', title: 'gzip', isReadable: false });
    expect(sniffFormat(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd))).toEqual({
      id: 'zstd',
      title: 'zstd',
      isReadable: false,
    });
    expect(sniffFormat(encode('PERFILE2'))).toEqual({
      id: 'perf-data',
      title: 'raw perf.data file',
      isReadable: false,
    });
  });

  it('is null for what is no profile, and never throws', () => {
    for (const text of ['', '{}', 'import os\n', 'PK\x05\x06', 'hello']) {
      expect(sniffFormat(encode(text)), text).toBeNull();
    }
    for (let first = 0; first < 256; first++) {
      for (let second = 0; second < 256; second += 3) sniffFormat(Uint8Array.of(first, second, 0, 1, 2));
    }
  });

  it('does not take a dict that is written out for marshal', () => {
    for (const text of [
      "{(('a.py', 1, 'f'),): 3}",
      '{sys: 1}',
      '{0: 1, 2: 3}',
      '{zoo: 1}',
      "{'a': 1}",
      '{None: 2}',
      '{}',
    ]) {
      expect(sniffFormat(encode(text))?.id, text).not.toBe('pstats');
    }
  });
});
