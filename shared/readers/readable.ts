/** What can be opened, in a sentence for people; `tsviz formats` lists every format. */

/** For the empty page. */
export const READABLE_SENTENCE =
  'what cProfile, profile, %prun, timeit, line_profiler, memory_profiler, tracemalloc, py-spy, pyinstrument, Austin, Scalene, memray, VizTracer, yappi, vmprof, pyperf and other Python tools write; profiles of Chrome, Node, Firefox, Go (pprof), perf, Valgrind and VTune; speedscope files and collapsed stacks; plain, gzip, zstd, zip or tar';
