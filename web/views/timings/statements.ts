/** Statements in the order they are shown, by unit, each with what it is compared with. */
import type { Profile, Unit } from '../../../shared/model/profile.ts';
import {
  buildMeasurementRow,
  type Comparison,
  chooseStatistic,
  compareMeasurements,
  findFastest,
  type MeasurementRow,
  type Statistic,
} from '../../../shared/tree/measurements/measurement-rows.ts';
import type { TimingsSetting } from './option.ts';

/** A statement. */
export interface Statement {
  /** Its name, with a number where several have it. */
  readonly key: string;
  readonly row: MeasurementRow;
}

/** All of one unit. */
export interface StatementGroup {
  readonly unit: Unit;
  readonly statistic: Statistic;
  /** What the others are compared with; null where no number can be compared. */
  readonly base: Statement | null;
  readonly statements: readonly Statement[];
  /** One of them beside `base`. Worked out when it is first asked for: of many, most are never looked at. */
  compare(statement: Statement): Comparison;
}

/** Statements of all threads, in the order of the file. Cost: sorting all repeats. */
export function listStatements(threads: readonly Profile[]): Statement[] {
  const seen = new Map<string, number>();
  return threads
    .flatMap((thread) => thread.measurements ?? [])
    .map((measurement) => {
      const name = measurement.name === '' ? 'statement' : measurement.name;
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      const row = buildMeasurementRow(measurement);
      return { key: before === 0 ? name : `${name} #${before + 1}`, row };
    });
}

/** Groups by unit, sorted and compared as the setting says. */
export function groupStatements(
  statements: readonly Statement[],
  { base, sort }: Pick<TimingsSetting, 'base' | 'sort'>,
): StatementGroup[] {
  const units = new Map<Unit, Statement[]>();
  for (const statement of statements) {
    const known = units.get(statement.row.unit);
    if (known) known.push(statement);
    else units.set(statement.row.unit, [statement]);
  }
  return [...units].map(([unit, members]) => {
    const rows = members.map(({ row }) => row);
    const statistic = chooseStatistic(rows);
    const at = base === 'first' ? rows.findIndex((row) => !Number.isNaN(row[statistic])) : findFastest(rows, statistic);
    const chosen = members[at] ?? null;
    const known = new Map<Statement, Comparison>();
    return {
      unit,
      statistic,
      base: chosen,
      statements: sort === 'best' ? sortByBest(members, statistic) : members,
      compare(statement) {
        let comparison = known.get(statement);
        if (comparison === undefined) {
          const isAlone = chosen === null || members.length === 1;
          comparison = isAlone
            ? { verdict: 'same', ratio: Number.NaN }
            : compareMeasurements(statement.row, chosen.row, statistic);
          known.set(statement, comparison);
        }
        return comparison;
      },
    };
  });
}

function sortByBest(statements: readonly Statement[], statistic: Statistic): Statement[] {
  const getBest = ({ row }: Statement): number => (Number.isNaN(row.best) ? row[statistic] : row.best);
  return statements.toSorted((a, b) => {
    const [left, right] = [getBest(a), getBest(b)];
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return left - right;
  });
}
