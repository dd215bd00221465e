/** The numbers on screen and in the terminal, read as a person reads them, are those of Python's pstats. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { findShareFault, findTimeFault, getKey, type OracleFunction, readOracle } from './oracle.ts';
import { type RowTexts, readColumnUnit, readRows, sortBy } from './page-parts.ts';
import { SAMPLES } from './samples.ts';
import { BUILT_CLI } from './serve.mjs';

const NAMES = ['notes', 'lib2to3', 'pydoc'];
const digits = (count: number) => count.toLocaleString('en-US');

/** What is wrong with a row of the table. */
function findRowFaults(
  row: RowTexts,
  expected: OracleFunction,
  { whole, wholeTotal }: { whole: number; wholeTotal: number },
  units: { self: string; total: string },
): (string | null)[] {
  const { calls, primitiveCalls, self, total } = expected;
  const callsText = calls === primitiveCalls ? digits(calls) : `${digits(calls)}/${digits(primitiveCalls)}`;
  return [
    row.name === getKey(expected) || row.name === expected.name || row.name === `{${expected.name.slice(1, -1)}}`
      ? null
      : `"${row.name}" is not ${getKey(expected)}`,
    row.calls === callsText ? null : `"${row.calls}" is not ${callsText}`,
    findTimeFault(row.self, self, units.self),
    findShareFault(row.selfShare, self / whole),
    findTimeFault(row.selfPerCall, self / calls),
    findTimeFault(row.total, total, units.total),
    findShareFault(row.totalShare, total / wholeTotal),
    findTimeFault(row.totalPerCall, total / primitiveCalls),
  ];
}

for (const name of NAMES) {
  const file = join(SAMPLES, `${name}.prof`);
  const oracle = readOracle(name);
  // The clock runs on between the calls: a function can have more than the sum of all own times, but not more than all.
  const wholes = {
    whole: oracle.total,
    wholeTotal: Math.max(oracle.total, ...oracle.byTotal.map(({ total }) => total)),
  };

  test(`${name}: the line of facts has the totals of pstats`, async ({ page, open }) => {
    await open(file);
    await expect(
      page.getByText(`${digits(oracle.calls)} calls (${digits(oracle.primitiveCalls)} primitive)`),
    ).toBeVisible();
    await expect(page.getByText(`${digits(oracle.functions)} functions`, { exact: true }).first()).toBeVisible();
    const facts = await page.getByText(`${digits(oracle.calls)} calls`).textContent();
    expect(findTimeFault(facts?.split(' in ').at(-1) ?? '', oracle.total)).toBeNull();
  });

  for (const [column, order] of [
    ['tottime', oracle.bySelf],
    ['cumtime', oracle.byTotal],
  ] as const) {
    test(`${name}: sorted by ${column}, every cell of the first rows is that of pstats`, async ({ page, open }) => {
      await page.setViewportSize({ width: 1600, height: 1200 });
      await open(file);
      await sortBy(page, column);
      const units = { self: await readColumnUnit(page, 'tottime'), total: await readColumnUnit(page, 'cumtime') };
      await expect.poll(async () => (await readRows(page))[0]?.name).not.toBe('');
      const rows = (await readRows(page)).slice(0, order.length);
      expect(rows.length).toBeGreaterThan(8);
      const faults = rows.flatMap((row) => {
        // Equal times may stand in any order.
        const expected = order.find((each) => row.name === getKey(each) || row.name === `{${each.name.slice(1, -1)}}`);
        return expected
          ? findRowFaults(row, expected, wholes, units)
          : [`${row.name} is not among the first of pstats`];
      });
      expect(faults.filter((fault) => fault !== null)).toEqual([]);
    });
  }

  for (const order of ['tottime', 'cumtime'] as const) {
    test(`${name}: the table in the terminal, by ${order}, is the text that pstats prints`, () => {
      const printed = execFileSync(process.execPath, [BUILT_CLI, 'top', file, '--sort', order, '-n', '12'], {
        encoding: 'utf8',
      });
      const table = (text: string) =>
        text
          .split('\n')
          .map((line) => line.trimEnd())
          .filter((line) => line !== '');
      const lines = table(printed);
      for (const line of table(oracle.text[order])) expect(lines).toContain(line);
    });
  }
}
