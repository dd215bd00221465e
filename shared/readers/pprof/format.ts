/** How a pprof message is known, apart from its reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

/** Fields of a pprof message: messages, strings and packed numbers; and plain numbers. */
const MESSAGE_FIELDS = new Set([1, 2, 3, 4, 5, 6, 11, 13]);
const NUMBER_FIELDS = new Set([7, 8, 9, 10, 12, 13, 14, 15]);
const FIELDS_LOOKED_AT = 16;
/** Tag of the first field of most files: sample_type. */
const SAMPLE_TYPE_TAG = 0x0a;

/** True when the first fields are those of a pprof message. */
function hasPprofFields(bytes: Uint8Array): boolean {
  let at = 0;
  for (let field = 0; field < FIELDS_LOOKED_AT; field++) {
    if (at >= bytes.length) return field > 1;
    const tag = bytes[at++]!;
    const isMessage = (tag & 7) === 2 && MESSAGE_FIELDS.has(tag >> 3);
    if (!isMessage && !((tag & 7) === 0 && NUMBER_FIELDS.has(tag >> 3))) return false;
    let value = 0;
    let shift = 1;
    for (let digits = 0; ; digits++) {
      const byte = bytes[at++];
      if (byte === undefined || digits >= 10) return false;
      value += (byte & 0x7f) * shift;
      shift *= 128;
      if (byte < 0x80) break;
    }
    if (isMessage) at += value;
  }
  return true;
}

/** pprof, as Go, gperftools' converter and many agents write it. */
export const PPROF: Format = {
  id: 'pprof',
  title: 'pprof (protobuf)',
  extensions: ['.pb.gz', '.pb', '.pprof', '.prof'],
  spec: 'https://github.com/google/pprof/blob/main/proto/profile.proto',
  keeps: 'stacks with inlining, every sample type, lines, threads by label',
  loses: 'other labels (counted), addresses of symbolised frames, the order of samples',
  sniff(head: Head): Sniffed {
    const { bytes } = head;
    // Numbers of the first field are control characters, which no text has; or nothing of it is text.
    if (bytes.length < 3 || (head.lines.length > 0 && !head.text.startsWith('\ufffd'))) return 'no';
    if (hasPprofFields(bytes)) return 'yes';
    // Whatever is wrong behind it, no other format starts with this field.
    return bytes[0] === SAMPLE_TYPE_TAG ? 'maybe' : 'no';
  },
};
