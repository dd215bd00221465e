/**
 * What profilers wrote before pprof had its protobuf: CPU profiles of gperftools and Java in binary, heap, contention
 * and count profiles and the stacks of all threads in text.
 *
 * Lost: the memory map, but for the names of libraries. Names of addresses are mostly not in such files at all.
 *
 * Source: google/pprof, profile/legacy_profile.go; gperftools, docs/cpuprofile-fileformat.html.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { readCpu } from './cpu.ts';
import { findWordForm, PPROF_LEGACY } from './format.ts';
import { readLegacyText } from './text.ts';
import { isThreadz, readThreadz } from './threadz.ts';

/** Reads profiles from before pprof's protobuf. */
export const pprofLegacyReader: Reader = {
  ...PPROF_LEGACY,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const book = new FrameBook();
    const notes = new Notes();
    const form = findWordForm(source.bytes);
    if (form === null) {
      const lines = source.lines();
      const stacks = isThreadz(lines[0] ?? '') ? readThreadz(lines, book) : readLegacyText(lines, book);
      onStage('build');
      return { format: 'pprof-legacy', writer: null, profiles: [stacks.build()], warnings: notes.list() };
    }
    const { stacks, period } = readCpu(source.bytes, form, book, notes);
    onStage('build');
    return {
      format: 'pprof-legacy',
      writer: null,
      profiles: [stacks.build()],
      warnings: notes.list(),
      about: [['period', `${period} µs`]],
    };
  },
};
