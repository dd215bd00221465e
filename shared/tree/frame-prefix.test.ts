import { expect, it } from 'vitest';
import { profileOfNames } from '../testing/fixed-tree.ts';
import { getNamePrefix } from './frame-prefix.ts';

it('puts the module before names that say too little, and before no others', () => {
  const names = ['_process', '<lambda>', 'run', 'render_page', '<built-in method time.sleep>'];
  const files = { _process: '/a/lexer.py', '<lambda>': '/a/nodes/__init__.py', '<built-in method time.sleep>': '~' };
  const profile = profileOfNames(names, files);
  expect(names.map((_, frame) => getNamePrefix(profile, frame))).toEqual(['lexer.', 'nodes.', 'app.', '', '']);
});

it('puts the module before a name that functions in several files have', () => {
  const profile = profileOfNames(['render', 'render', 'unique'], {});
  const strings = profile.frames.name[0]!;
  const shared = {
    ...profile,
    frames: { ...profile.frames, name: Int32Array.of(strings, strings, 2), file: Int32Array.of(3, 2, 3) },
  };
  expect([0, 1, 2].map((frame) => getNamePrefix(shared, frame))).not.toContain(undefined);
  expect(getNamePrefix(shared, 0)).toBe('app.');
  expect(getNamePrefix(shared, 2)).toBe('');
});
