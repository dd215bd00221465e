/** The page: state in, templates out, and the life of what is behind them. */
import '../style/pages.css';
import { batch, computed, effect, type Signal, signal, untracked } from '@preact/signals-core';
import { html, nothing, render } from 'lit-html';
import { getShownName } from '../../shared/tree/frame-text.ts';
import type { OpenDocument } from '../state/document.ts';
import { createStore } from '../state/store.ts';
import { isPanel } from '../state/views.ts';
import type { ChartView, MountChart } from '../views/chart.ts';
import type { Beginning } from './begin.ts';
import { mountDivider } from './chart-divider.ts';
import { createChartSize } from './chart-size.ts';
import { createCommands } from './commands.ts';
import type { App, DialogName } from './context.ts';
import { listenToDrops } from './drop.ts';
import { listenToKeys } from './keyboard.ts';
import { deniedPage, missingPage, unreachablePage } from './message-page.ts';
import { createModel, type Model } from './model.ts';
import { profilePage } from './profile-page.ts';
import { createSession } from './session.ts';
import { createSlicing } from './slicing.ts';
import type { StartPages } from './start-pages.ts';
import { Turns } from './turns.ts';
import { type Hosts, mountViews } from './view-hosts.ts';
import { watchServer } from './watch-server.ts';

const TOAST_MS = 1800;
const LOADED_LATEST_MS = 2000;

/** Starts the app in `root`, with what the page has begun with. */
export function startPage(root: HTMLElement, { preferences, opening, picture, input, parts }: Beginning): App {
  const turns = new Turns();
  const store = createStore(window, turns);
  const session = createSession(store, opening, picture?.document ?? null);
  const model = signal<Model | null>(null);
  const toast = signal('');
  const mountSunburst = signal<MountChart | null>(null);
  const app: App = {
    mountSunburst,
    store,
    turns,
    session,
    preferences,
    model,
    dialog: signal<DialogName | null>(null),
    toast,
    online: signal(true),
    dragging: signal(false),
    seenChange: signal(new Set<OpenDocument>()),
    commands: createCommands(store, session, () => model.peek(), say),
  };
  void parts.sunburst.then(
    (loaded) => {
      mountSunburst.value = loaded.mountSunburst;
    },
    () => say('The server does not answer: the sunburst is not there.'),
  );
  let toastTimer = 0;
  function say(text: string): void {
    toast.value = text;
    clearTimeout(toastTimer);
    toastTimer = window.setTimeout(() => {
      toast.value = '';
    }, TOAST_MS);
  }

  effect(() => {
    const place = store.place.value;
    untracked(() => session.load(place));
  });
  const ready = computed(() => (session.screen.value.kind === 'ready' ? session.screen.value.document : null));
  const sliced = createSlicing(ready, store.state);
  effect(() => {
    const document = sliced.value;
    const before = model.peek();
    if (before?.document === document) return;
    untracked(() =>
      batch(() => {
        before?.close();
        model.value = document === null ? null : createModel(document, store.state);
        if (app.dialog.peek() !== 'help') app.dialog.value = null;
      }),
    );
  });

  const hosts = createHosts(picture?.host);
  const view = computed(() => model.value?.view.value ?? store.state.value.view);
  const size = createChartSize(model, view, preferences.isNarrow);
  mountDivider(hosts.divider, size);
  const startPages = signal<StartPages | null>(null);
  const loadStartPages = async () => {
    const { createStartPages } = await parts.startPages;
    startPages.value ??= createStartPages(app);
  };
  const isAtStart = computed(() => ['home', 'folder', 'failed'].includes(session.screen.value.kind));
  effect(() => {
    if (isAtStart.value && startPages.peek() === null) void loadStartPages();
  });
  const work = watchWork(size.work);
  const views = createViewLife(app, hosts, picture?.view ?? null);
  // Most profiles of call graphs have pictures of their tree only.
  const stopLooking = effect(() => {
    if (!model.value?.views.some(isPanel)) return;
    queueMicrotask(() => stopLooking());
    void import('./panels.ts').then(
      ({ mountPanels }) => mountPanels(app, hosts.panel),
      () => say('The server does not answer: some views are not there.'),
    );
  });
  // The frame of the first picture; its chart is taken over.
  root.replaceChildren();
  turns.effect(() => {
    render(screenTemplate(), root);
    // After the frame is there: views measure the places they are mounted in.
    const now = model.value;
    untracked(() => {
      work.look();
      views.show(now);
    });
  });
  turns.effect(() => {
    document.title = getTitle(app);
  });
  mountNotices(app);
  listenToDrops(app);
  listenToKeys(
    app,
    () => hosts.chart.querySelector<HTMLElement>('[tabindex="0"]'),
    () => (hosts.panel.isConnected ? hosts.panel : null),
  );
  void session.openFiles(input.take());
  followWish();
  input.replayKeys();
  whenLoaded(getReadyForLater);
  return app;

  /** Calls back once nothing is on its way to the screen, or when that takes long: the machine is busy until then. */
  function whenLoaded(act: () => void): void {
    let isDone = false;
    const finish = () => {
      if (isDone) return;
      isDone = true;
      stop();
      act();
    };
    const stop = effect(() => {
      if (session.screen.value.kind !== 'loading') window.setTimeout(finish, 0);
    });
    window.setTimeout(finish, LOADED_LATEST_MS);
  }

  /** What nobody can want yet. */
  function getReadyForLater(): void {
    watchServer(app);
    void parts.dialogs.then(
      ({ mountDialogs }) => mountDialogs(app, say),
      () => say('The server does not answer.'),
    );
    void loadStartPages().catch(() => undefined);
  }

  /** What was pointed at and clicked before the app was there. */
  function followWish(): void {
    const wish = picture?.getWish() ?? null;
    const hover = picture?.getHover() ?? null;
    const now = model.peek();
    if (now === null || now.document !== picture?.document) return;
    if (hover !== null) now.hover.value = { tree: now.shown.peek().tree, ...hover };
    if (wish === null) return;
    batch(() => {
      app.commands.selectNode(wish.node);
      if (wish.act === 'zoom') app.commands.zoomTo(wish.node);
    });
  }

  function screenTemplate() {
    const screen = session.screen.value;
    switch (screen.kind) {
      case 'home':
        return startPages.value?.home() ?? nothing;
      case 'folder':
        return startPages.value?.folder() ?? nothing;
      case 'loading':
        return profilePage(app, size, hosts, screen.progress);
      case 'ready':
        return profilePage(app, size, hosts, null);
      case 'failed': {
        const { back } = screen;
        return startPages.value?.failed(screen.file, back === null ? null : () => session.show(back)) ?? nothing;
      }
      case 'missing':
        return missingPage(app);
      case 'denied':
        return deniedPage(app);
      case 'unreachable':
        return unreachablePage(app);
      default:
        return screen satisfies never;
    }
  }
}

/** Keeps the views of one model mounted. */
function createViewLife(app: App, hosts: Hosts, first: ChartView | null): { show(model: Model | null): void } {
  let shown: Model | null = null;
  let end = () => {};
  let drawn = first;
  return {
    show(model) {
      if (model === shown) return;
      end();
      shown = model;
      end = model === null ? () => {} : mountViews(app, model, hosts, drawn);
      drawn = null;
    },
  };
}

/** Tells the height of the work area, which is another element after every other page. */
function watchWork(height: Signal<number>): { look(): void } {
  let watched: Element | null = null;
  const observer = new ResizeObserver(([entry]) => {
    if (entry) height.value = entry.contentRect.height;
  });
  return {
    look() {
      const work = document.getElementById('work');
      if (work === watched) return;
      observer.disconnect();
      watched = work;
      if (work === null) return;
      height.value = work.clientHeight;
      observer.observe(work);
    },
  };
}

function createHosts(chart: HTMLElement | undefined): Hosts {
  const make = (className: string): HTMLElement => {
    const host = document.createElement('div');
    host.className = className;
    return host;
  };
  const hosts = {
    chart: chart ?? make('host'),
    details: make('host'),
    table: make('host'),
    divider: make('divider-host'),
    tooltip: make('tooltip-host'),
    panel: make('host panel-host'),
  };
  document.body.append(hosts.tooltip);
  return hosts;
}

/** Toast and the veil of a drop, above the page. */
function mountNotices(app: App): void {
  const above = document.createElement('div');
  document.body.append(above);
  effect(() => {
    const veil = app.dragging.value && app.session.screen.value.kind !== 'home';
    render(
      html`<div role="status" aria-live="polite">${app.toast.value === '' ? nothing : html`<div class="toast">${app.toast.value}</div>`}</div>
        ${veil ? html`<div class="drop-veil"><div>Drop to open here. Nothing is sent anywhere.</div></div>` : nothing}`,
      above,
    );
  });
}

/** Function, file, program: what a tab of the browser has room for comes first. */
function getTitle(app: App): string {
  const screen = app.session.screen.value;
  const model = app.model.value;
  if (screen.kind === 'loading') return `${screen.progress.name} · tsviz`;
  if (screen.kind === 'failed') return `${screen.file.name} · tsviz`;
  if (screen.kind !== 'ready' || model === null) return 'tsviz';
  const { frame } = model.selection.value;
  const name = frame >= 0 ? `${getShownName(model.document.profile, frame)} · ` : '';
  return `${name}${model.document.name} · tsviz`;
}
