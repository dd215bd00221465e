/**
 * What runs in a page that is measured, before anything of its own: notes when chart and table are painted, and follows
 * one action at a time: when the picture began to change, when it stopped, what its frames and its longest task were.
 *
 * Painted means: the frame that shows it has been made (a message sent in an animation frame arrives after its painting).
 * The clock starts in the page, at the event that the person's hand caused.
 */

/**
 * What is known of an action so far; times are of the page's clock, 0 where nothing has happened yet.
 *
 * @typedef {object} Followed
 * @property {number} start the event
 * @property {number} moved first painted frame in which more than a fiftieth of the charts' pixels are other ones
 * @property {number} ready first painted frame with what was waited for
 * @property {number} settled last painted frame after a change in the watched part of the page
 * @property {number[]} frames beginnings of frames
 * @property {{ start: number, duration: number }[]} tasks those over 50 ms
 * @property {number} now
 */

/**
 * What to follow.
 *
 * @typedef {object} Follow
 * @property {string} event its first one after this starts the clock
 * @property {string} [watch] selector of the part of the page whose changes count
 * @property {string} [ready] selector of what is waited for
 * @property {boolean} [pixels] looks at the charts' pixels until they have changed
 */

/** Runs in the page. @param {{ chart: () => boolean, table: () => boolean }} isThere */
function watchPage(isThere) {
  const request = requestAnimationFrame.bind(globalThis);
  const inAll = () => performance.timeOrigin + performance.now();
  const painted = (/** @type {() => void} */ then) =>
    request(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = then;
      channel.port2.postMessage(0);
    });

  /** @type {{ chart: number, table: number }} */
  const shown = { chart: 0, table: 0 };
  const wanted = new Set(/** @type {('chart' | 'table')[]} */ (['chart', 'table']));
  const look = setInterval(() => {
    for (const part of wanted) {
      if (!isThere[part]()) continue;
      wanted.delete(part);
      painted(() => {
        shown[part] = inAll();
      });
    }
    if (wanted.size === 0) clearInterval(look);
  }, 4);

  /** @type {Followed} */
  let followed = { start: 0, moved: 0, ready: 0, settled: 0, frames: [], tasks: [], now: 0 };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) followed.tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask' });

  const small = document.createElement('canvas');
  const glass = small.getContext('2d', { willReadFrequently: true });
  /** The charts as they are on screen, a tenth as large. */
  const sample = () => {
    if (glass === null) return new Uint32Array();
    small.width = Math.ceil(innerWidth / 10);
    small.height = Math.ceil(innerHeight / 10);
    glass.imageSmoothingEnabled = false;
    for (const canvas of document.querySelectorAll('canvas')) {
      const box = canvas.getBoundingClientRect();
      if (box.width < 100 || canvas.width === 0) continue;
      glass.drawImage(canvas, box.x / 10, box.y / 10, box.width / 10, box.height / 10);
    }
    return new Uint32Array(glass.getImageData(0, 0, small.width, small.height).data.buffer);
  };
  const isOther = (/** @type {Uint32Array} */ before, /** @type {Uint32Array} */ after) => {
    let [other, all] = [0, 0];
    for (const [at, pixel] of after.entries()) {
      if (pixel === 0 && before[at] === 0) continue;
      all++;
      if (pixel !== before[at]) other++;
    }
    return other > all / 50;
  };

  let stop = () => {};
  const follow = (/** @type {Follow} */ { event, watch, ready, pixels = false }) => {
    stop();
    followed = { start: 0, moved: 0, ready: 0, settled: 0, frames: [], tasks: [], now: 0 };
    const mine = followed;
    const before = pixels ? sample() : null;
    let hasChanged = false;
    const observer = new MutationObserver(() => {
      hasChanged = mine.start > 0;
    });
    let ended = false;
    // One message per frame, sent from within it: it arrives when the frame has been painted.
    const frameEnds = new MessageChannel();
    frameEnds.port1.onmessage = () => {
      const now = performance.now();
      if (hasChanged) mine.settled = now;
      hasChanged = false;
      if (ready !== undefined && mine.ready === 0 && document.querySelector(ready) !== null) mine.ready = now;
      if (before !== null && mine.moved === 0 && isOther(before, sample())) mine.moved = now;
    };
    const tick = (/** @type {number} */ time) => {
      if (ended) return;
      mine.frames.push(time);
      frameEnds.port2.postMessage(0);
      request(tick);
    };
    const begin = () => {
      mine.start = performance.now();
      request(tick);
    };
    addEventListener(event, begin, { capture: true, once: true });
    if (watch !== undefined) {
      const changes = { childList: true, attributes: true, characterData: true, subtree: true };
      for (const part of document.querySelectorAll(watch)) observer.observe(part, changes);
    }
    stop = () => {
      ended = true;
      observer.disconnect();
      removeEventListener(event, begin, { capture: true });
    };
  };

  Object.assign(globalThis, {
    bench: {
      getShown: () => shown,
      follow,
      getFollowed: () => ({ ...followed, now: performance.now() }),
      stop: () => stop(),
    },
  });
}

/**
 * Source of the script for a page in which chart and table are there when these expressions are true.
 *
 * @param {string} chart
 * @param {string} table
 */
export function getWatchScript(chart, table) {
  // As text: the page's own policy forbids making functions out of strings.
  return `(${watchPage})({ chart: () => ${chart}, table: () => ${table} });`;
}
