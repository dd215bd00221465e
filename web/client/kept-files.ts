/**
 * Files that were opened in this browser, kept in its own storage so that they can be opened again, and forgotten when
 * their user says so. Nothing here ever leaves the browser. A browser that keeps nothing (private windows) is no error.
 */

/** A kept file. */
export interface KeptFile {
  /** Id of its content. */
  readonly id: string;
  readonly name: string;
  readonly bytes: Blob;
  /** Time of last change in ms since 1970, as the file had it. */
  readonly modified: number;
  readonly opened: number;
}

const DATABASE = 'tsviz';
const STORE = 'files';
/** Recent files, not an archive. */
const MOST_FILES = 12;
const MOST_BYTES = 256e6;

/** Kept files, last opened first. */
export async function listKeptFiles(): Promise<KeptFile[]> {
  const files = await run<KeptFile[]>('readonly', (store) => store.getAll());
  return (files ?? []).sort((a, b) => b.opened - a.opened);
}

/** A kept file by its id, or null. */
export async function findKeptFile(id: string): Promise<KeptFile | null> {
  return (await run<KeptFile | undefined>('readonly', (store) => store.get(id))) ?? null;
}

/** Keeps a file, and drops those that were not opened for longest when there are too many. */
export async function keepFile(file: KeptFile): Promise<void> {
  if (file.bytes.size > MOST_BYTES) return;
  await run('readwrite', (store) => store.put(file));
  let [count, bytes] = [0, 0];
  for (const kept of await listKeptFiles()) {
    count++;
    bytes += kept.bytes.size;
    if (count > MOST_FILES || bytes > MOST_BYTES) await forgetFile(kept.id);
  }
}

/** Drops one file. */
export async function forgetFile(id: string): Promise<void> {
  await run('readwrite', (store) => store.delete(id));
}

/** Drops all of them. */
export async function forgetAllFiles(): Promise<void> {
  await run('readwrite', (store) => store.clear());
}

async function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T | null> {
  try {
    const database = await connect();
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      // Not before: a write whose request has succeeded can still be lost with the page.
      transaction.oncomplete = () => resolve(request.result as T);
      transaction.onabort = () => reject(transaction.error);
    }).finally(() => database.close());
  } catch {
    // Storage may be off, full or forbidden; the page works without, it just remembers nothing.
    return null;
  }
}

function connect(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
