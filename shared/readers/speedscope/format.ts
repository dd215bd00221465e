/** How a speedscope file is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';

/** speedscope's own file format, all versions. */
export const SPEEDSCOPE: Format = {
  id: 'speedscope',
  title: 'speedscope (JSON)',
  extensions: ['.speedscope.json', '.speedscope', '.json'],
  spec: 'https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources',
  keeps: 'stacks in the order of time, every profile of the file, weights in their unit',
  loses: '',
  sniff({ keys }): Sniffed {
    if (keys === null) return 'no';
    const { outer, inner } = keys;
    if (outer.has('$schema') && (outer.has('profiles') || outer.has('shared'))) return 'yes';
    return outer.has('shared') && (outer.has('profiles') || inner.has('frames')) ? 'yes' : 'no';
  },
};
