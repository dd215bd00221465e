/** How pyinstrument's files are known: sessions, its JSON and HTML, the tree it prints. */
import type { Format, Sniffed } from '../reader.ts';

const PAGE_HEAD_BYTES = 64 * 1024;
const SPEC = 'https://pyinstrument.readthedocs.io/en/latest/guide.html';

/** What `pyinstrument -r session -o out.pyisession` writes. */
export const PYISESSION: Format = {
  id: 'pyisession',
  title: 'pyinstrument session',
  extensions: ['.pyisession'],
  spec: SPEC,
  keeps: 'every sample in order of time, lines that ran',
  loses: 'classes of methods',
  sniff({ keys }): Sniffed {
    return keys?.outer.has('frame_records') ? 'yes' : 'no';
  },
};

/** What `-r json` writes, what its HTML report holds, and that alone (the project's demos). */
export const PYINSTRUMENT_JSON: Format = {
  id: 'pyinstrument-json',
  title: 'pyinstrument JSON or HTML',
  extensions: ['.json', '.html'],
  spec: SPEC,
  keeps: 'the tree of calls with times, lines (HTML)',
  loses: 'the order of samples, what pyinstrument itself left out',
  sniff({ bytes, keys, text }): Sniffed {
    if (keys !== null) {
      const { outer } = keys;
      if (outer.has('session') && outer.has('frame_tree')) return 'yes';
      if (!outer.has('root_frame')) return 'no';
      return outer.has('duration') || outer.has('sample_count') ? 'yes' : 'maybe';
    }
    if (!text.startsWith('<') || !text.includes('id="app"')) return 'no';
    // The script that draws stands first, in lines of hundreds of kilobytes.
    const page = new TextDecoder().decode(bytes.subarray(0, PAGE_HEAD_BYTES));
    if (page.includes('pyinstrumentHTMLRenderer') || page.includes('window.profileSession')) return 'yes';
    return page.includes('pyinstrument') ? 'maybe' : 'no';
  },
};

/** The tree that pyinstrument prints. */
export const PYINSTRUMENT_TEXT: Format = {
  id: 'pyinstrument-text',
  title: 'pyinstrument text',
  extensions: ['.txt'],
  spec: SPEC,
  keeps: 'the tree of calls with rounded times',
  loses: 'the order of samples, hidden frames, folders of files',
  sniff({ text }): Sniffed {
    const isReport = text.includes('Recorded:') && text.includes('Samples:') && text.includes('Duration:');
    return isReport && !text.startsWith('<') && !text.startsWith('{') ? 'yes' : 'no';
  },
};
