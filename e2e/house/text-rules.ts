/**
 * Rules that can be seen in the text of a file, as data: a pattern, where it counts, and why it is refused.
 */

/** Something that may not stand in certain files. */
export interface TextRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** Whether the rule holds for a file, by its path from the root. */
  applies(file: string): boolean;
  readonly reason: string;
}

/** Lines that a source or style file may have at most. */
export const MAX_LINES = 600;

const isTest = (file: string) => /\.(test|spec)\.ts$/.test(file);
const isCode = (file: string) => /\.(ts|mjs)$/.test(file);
const isRule = (file: string) => file.startsWith('e2e/house');
const isProduct = (file: string) => /^(web|shared|server)\//.test(file) && /\.(ts|html)$/.test(file) && !isTest(file);

/** All rules. */
export const TEXT_RULES: readonly TextRule[] = [
  {
    name: 'names are text',
    pattern:
      /\.(innerHTML|outerHTML)\b|insertAdjacentHTML|document\.write|\.html\(|createContextualFragment|srcdoc|unsafeHTML|unsafeSVG|\bDOMParser\b/,
    applies: isProduct,
    reason: 'A profile can name a function <img onerror=…>: text goes in by textContent and attributes only.',
  },
  {
    name: 'no code from data',
    pattern: /\beval\(|new Function\(|setTimeout\(\s*['"`]|setAttribute\(\s*['"`]on|javascript:/,
    applies: isProduct,
    reason: 'Nothing that a file holds is ever run.',
  },
  {
    name: 'no markup that the content security policy forbids',
    pattern: /<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle="|\son\w+="/,
    applies: (file) => file.startsWith('web/') && file.endsWith('.html'),
    reason: 'The page runs without inline script and style.',
  },
  {
    name: 'every test runs',
    pattern: /\b(it|test|describe)\.(only|skip|todo|fixme|skipIf|runIf)\b/,
    applies: (file) => isTest(file) && !isRule(file),
    reason: 'A test that does not run proves nothing.',
  },
  {
    name: 'no sleeps',
    pattern: /waitForTimeout\(|setTimeout\(\s*(resolve|done|ok|r)\b|timers\/promises/,
    applies: (file) => isTest(file) && !isRule(file),
    reason: 'A test waits for what a person would see.',
  },
  {
    name: 'nothing unfinished',
    pattern: /\b(TODO|FIXME|XXX)\b/,
    applies: (file) => /\.(ts|mjs|css|html|md|py)$/.test(file) && !isRule(file),
    reason: 'What is missing belongs into an issue.',
  },
  {
    name: 'the right package',
    pattern: /npx\s+(-\S+\s+)*tsviz\b/,
    applies: (file) => /\.(ts|mjs|md|html|json|css)$/.test(file) && !isRule(file),
    reason: 'The npm package called tsviz is another program; ours is @tsviz/tsviz.',
  },
  {
    name: 'the development server keeps its guards',
    pattern: /\b(allowedHosts|cors|host|strictPort)\s*:|--host\b/,
    applies: (file) => file.endsWith('vite.config.ts'),
    reason: 'Other machines and other sites must not reach the development server.',
  },
];

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|d))?\.(ts|mjs)$/;
const VAGUE = ['utils', 'util', 'lib', 'common', 'helpers', 'helper', 'misc'];

/** What is wrong with the text, length and name of one file: a sentence each. */
export function findBrokenTextRules(file: string, text: string): string[] {
  const wrong: string[] = [];
  const lines = text.split('\n');
  for (const rule of TEXT_RULES) {
    if (!rule.applies(file)) continue;
    for (const [index, line] of lines.entries()) {
      const found = rule.pattern.exec(line);
      if (found) wrong.push(`${file}:${index + 1}: ${rule.name}: found ${found[0].trim()}. ${rule.reason}`);
    }
  }
  const length = text.endsWith('\n') ? lines.length - 1 : lines.length;
  if (/\.(ts|mjs|css)$/.test(file) && length > MAX_LINES) {
    wrong.push(`${file}: has ${length} lines; ${MAX_LINES} is the most. Split it by idea.`);
  }
  const parts = file.split('/');
  const name = parts.at(-1) ?? '';
  if (isCode(file) && !NAME.test(name)) wrong.push(`${file}: file names are kebab-case.`);
  const vague = parts.find((part) => VAGUE.includes(part.replace(/\..*$/, '')));
  if (vague) wrong.push(`${file}: "${vague}" says nothing; name it for what it holds.`);
  return wrong;
}
