/** Names that any pickle may ask for: what protocols 0 and 1 need to make an instance. Known, never called. */

/** Functions that make an instance of a class. */
export const RECONSTRUCTORS: readonly string[] = ['copy_reg._reconstructor', 'copyreg._reconstructor'];

/** The class that all classes have as their base. */
export const OBJECTS: readonly string[] = ['__builtin__.object', 'builtins.object'];

/** All of them. They stand for nothing by themselves. */
export const PLAIN_PICKLE_GLOBALS: ReadonlySet<string> = new Set([...RECONSTRUCTORS, ...OBJECTS]);
