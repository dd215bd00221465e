/** Checks of facts, by the format's name in the manifest of the corpus. */
import type { FactCheck } from './fact.ts';

/** A check for every format. */
export const FACT_CHECKS: Readonly<Record<string, FactCheck>> = {};
