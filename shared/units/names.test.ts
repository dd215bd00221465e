import { describe, expect, it } from 'vitest';
import { moduleOf, shortenMiddle, shortName, shortPlace } from './names.ts';

describe('names as they are shown', () => {
  it.each([
    ['main', 'main'],
    ['<lambda>', '<lambda>'],
    ['<built-in method builtins.exec>', 'exec'],
    ['<built-in method time.sleep>', 'time.sleep'],
    ['<built-in method __new__ of type object at 0x90a7c0>', 'type.__new__'],
    ["<method 'match' of 're.Pattern' objects>", 're.Pattern.match'],
    ["<slot wrapper '__init__' of 'object' objects>", "<slot wrapper '__init__' of 'object' objects>"],
    ['<>', '<>'],
    ['', ''],
  ])('shows %s as %s', (name, text) => {
    expect(shortName(name)).toBe(text);
  });

  it.each([
    ['/usr/lib/python3/core.py', 208, 'core.py:208'],
    ['C:\\src\\app\\core.py', 7, 'core.py:7'],
    ['core.py', 0, 'core.py'],
    ['~', 0, 'built-in'],
    ['', 0, 'built-in'],
    ['<frozen importlib._bootstrap>', 241, '<frozen importlib._bootstrap>:241'],
    ['<string>', 1, '<string>:1'],
  ])('names the place %s line %d as %s', (file, line, text) => {
    expect(shortPlace(file, line)).toBe(text);
  });

  it.each([
    ['/a/pages.py', 'pages'],
    ['/a/transforms/__init__.py', 'transforms'],
    ['__init__.py', '__init__'],
    ['C:\\a\\b.pyw', 'b'],
    ['<frozen importlib._bootstrap>', 'importlib._bootstrap'],
    ['<string>', '<string>'],
    ['~', ''],
  ])('says that the module of %s is %s', (file, module) => {
    expect(moduleOf(file)).toBe(module);
  });

  it.each([
    ['get_tokens_unprocessed', 18, 'get_tokens…ocessed'],
    ['short', 8, 'short'],
    ['abcdefghij', 8, 'abcd…hij'],
    ['größenüberprüfung', 8, 'größ…ung'],
    ['e\u0301e\u0301e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301…'],
    ['👩‍👩‍👧🐍🐍🐍🐍', 3, '👩‍👩‍👧🐍…'],
  ])('shortens %s to %d letters as %s', (text, length, short) => {
    expect(shortenMiddle(text, length)).toBe(short);
  });
});
