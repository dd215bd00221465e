/**
 * pyinstrument: sessions, JSON, HTML reports, printed trees.
 *
 * Lost: classes of methods and which frames tracebacks hide (attributes of the same function); groups of frames.
 */
import { cutEmbeddedJson } from '../../decode/embedded-json.ts';
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { getField, isObject, type JsonObject } from '../json-values.ts';
import type { Reader, StageHook } from '../reader.ts';
import { PYINSTRUMENT_JSON, PYINSTRUMENT_TEXT, PYISESSION } from './format.ts';
import { readRecords } from './records.ts';
import { describeSession } from './session.ts';
import { readText } from './text.ts';
import { readTree } from './tree.ts';

/** What stands before the JSON in a page, by version: 4.6 and later, 3 to 4.5. */
const MARKERS = ['sessionData =', 'window.profileSession ='];

/** Reads `.pyisession` files. */
export const pyisessionReader: Reader = {
  ...PYISESSION,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const session = asFile(source.json(PYISESSION.id), PYISESSION.id);
    onStage('build');
    return {
      format: PYISESSION.id,
      writer: 'pyinstrument',
      profiles: [readRecords(session)],
      warnings: [],
      about: describeSession(session),
    };
  },
};

/** Reads the JSON renderer's files, HTML reports, and the JSON in those. */
export const pyinstrumentJsonReader: Reader = {
  ...PYINSTRUMENT_JSON,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const file = asFile(readJson(source), PYINSTRUMENT_JSON.id);
    onStage('build');
    const session = getField(file, 'session');
    const tree = getField(file, 'frame_tree') ?? getField(file, 'root_frame');
    return {
      format: PYINSTRUMENT_JSON.id,
      writer: 'pyinstrument',
      profiles: [readTree(tree)],
      warnings: [],
      about: describeSession(isObject(session) ? session : file),
    };
  },
};

/** Reads printed trees. */
export const pyinstrumentTextReader: Reader = {
  ...PYINSTRUMENT_TEXT,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const lines = source.lines();
    onStage('build');
    const { profiles, about, version } = readText(lines);
    return {
      format: PYINSTRUMENT_TEXT.id,
      writer: version === null ? 'pyinstrument' : `pyinstrument ${version}`,
      profiles,
      warnings: [],
      about,
    };
  },
};

function readJson(source: Source): unknown {
  if (!source.text().trimStart().startsWith('<')) return source.json(PYINSTRUMENT_JSON.id);
  for (const marker of MARKERS) {
    const json = cutEmbeddedJson(source.text(), marker);
    if (json === null) continue;
    try {
      return JSON.parse(json);
    } catch (cause) {
      throw new FormatError('pyinstrument-json: the JSON in this page is damaged', {
        format: PYINSTRUMENT_JSON.id,
        offset: 0,
        advice: 'Make the report again, or copy it again: it is not whole',
        cause,
      });
    }
  }
  throw new FormatError('pyinstrument-json: the page ends before its data does, or has none', {
    format: PYINSTRUMENT_JSON.id,
    offset: source.bytes.length,
    advice: 'Make the report again, or copy it again: it is not whole',
  });
}

function asFile(value: unknown, format: string): JsonObject {
  if (isObject(value)) return value;
  throw new FormatError(`${format}: expected an object, found something else`, {
    format,
    offset: 0,
    advice: 'Make the profile again',
  });
}
