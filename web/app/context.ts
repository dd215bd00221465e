/** What every part of the page is given. */
import type { ReadonlySignal, Signal } from '@preact/signals-core';
import type { OpenDocument } from '../state/document.ts';
import type { Store } from '../state/store.ts';
import type { MountChart } from '../views/chart.ts';
import type { Commands } from './commands.ts';
import type { Model } from './model.ts';
import type { Preferences } from './preferences.ts';
import type { Session } from './session.ts';
import type { Turns } from './turns.ts';

/** Dialogs of the page. */
export type DialogName = 'share' | 'help' | 'why' | 'notes' | 'commands';

/** The page's own state: nothing here is in an address. */
export interface App {
  /** Mounts the sunburst; null until its script is there. */
  readonly mountSunburst: ReadonlySignal<MountChart | null>;
  readonly store: Store;
  readonly turns: Turns;
  readonly session: Session;
  readonly preferences: Preferences;
  /** Null while no profile is on screen. */
  readonly model: ReadonlySignal<Model | null>;
  readonly dialog: Signal<DialogName | null>;
  /** One short sentence at the bottom, for a moment. */
  readonly toast: Signal<string>;
  /** False when the server stopped answering. */
  readonly online: Signal<boolean>;
  /** True while files are dragged over the window. */
  readonly dragging: Signal<boolean>;
  /** Documents whose "the file has changed" was dismissed. */
  readonly seenChange: Signal<ReadonlySet<OpenDocument>>;
  readonly commands: Commands;
}
