/** How a profile of the older Sysprof is known. */
import type { Format, Sniffed } from '../reader.ts';

/** XML of Sysprof before version 3. */
export const SYSPROF: Format = {
  id: 'sysprof',
  title: 'Sysprof profile (XML)',
  extensions: ['.sysprof', '.xml'],
  spec: 'https://wiki.gnome.org/Apps/Sysprof',
  keeps: 'the tree of calls of all processes, with its samples',
  loses: 'files and lines (they are not in the file)',
  sniff({ text }): Sniffed {
    return text.startsWith('<profile>') && text.slice(0, 2000).includes('<objects>') ? 'yes' : 'no';
  },
};
