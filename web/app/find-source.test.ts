import { afterEach, describe, expect, it, vi } from 'vitest';
import type { InfoBody } from '../../shared/protocol/api.ts';
import { profileOf } from '../../shared/testing/profile-of.ts';
import { openGroup } from '../../shared/tree/open-group.ts';
import { makeDocument, type Origin } from '../state/document.ts';
import { findSource } from './find-source.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function documentFrom(origin: Origin) {
  const group = { format: 'pstats', writer: null, profiles: [profileOf('main 1')], warnings: [] };
  const place = { kind: 'profile', id: '0123456789abcdef' } as const;
  return makeDocument(
    { ...openGroup(group), nodes: null, took: {} },
    { place, name: 'a.prof', bytes: 1, modified: null, origin, changedSince: false },
  );
}

/** A server that answers so. */
function answering(status: number, body: object): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return new Response(JSON.stringify(body), { status });
  });
  return asked;
}

describe('source of a function', () => {
  it('is asked for by profile and row, and comes in lines', async () => {
    const asked = answering(200, { text: 'a\r\nb\n\nc\n' });
    expect(await findSource(documentFrom('server'), 3, null)).toEqual({ kind: 'text', lines: ['a', 'b', '', 'c'] });
    expect(asked).toEqual(['/api/profiles/0123456789abcdef/source?frame=3&profile=0']);
  });

  it('is not asked for where the server has no such file', async () => {
    const asked = answering(200, { text: '' });
    for (const origin of ['browser', 'sample'] as const)
      expect((await findSource(documentFrom(origin), 0, null)).kind).toBe('none');
    expect(asked).toEqual([]);
  });

  it.each([
    [404, 'no-source', 'owner', 'add --source-root DIR'],
    [403, 'not-allowed', 'viewer', 'add --share-source'],
    [403, 'not-allowed', 'owner', 'started with --no-token'],
  ] as const)('says what can be done about %i %s for the %s', async (status, code, role, advice) => {
    answering(status, { code, message: '' });
    const answer = await findSource(documentFrom('server'), 0, { role } as InfoBody);
    expect(answer).toEqual({ kind: 'none', message: expect.stringContaining(advice) });
  });

  it('says that nobody answers', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('no network');
    });
    expect(await findSource(documentFrom('server'), 0, null)).toEqual({
      kind: 'none',
      message: expect.stringContaining('does not answer'),
    });
  });
});
