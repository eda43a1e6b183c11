// Where a browser keeps what is not on disk yet: IndexedDB, read once at the start and then written behind a copy in
// memory, so that views stay synchronous; localStorage where there is no IndexedDB.
import type { Keeper } from "./queue";

const DATABASE = "inquirylab";
const STORE = "waiting";
const OPEN_MS = 3_000;

export class IndexedKeeper implements Keeper {
  private readonly copy = new Map<string, string>();
  private writing: Promise<boolean> = Promise.resolve(true);
  private unwritten = new Map<string, string | null>();

  private constructor(private readonly database: IDBDatabase) {}

  /** Open the database and read what is kept; null where this browser has none or does not let us. */
  static async open(factory: IDBFactory | undefined = globalThis.indexedDB): Promise<IndexedKeeper | null> {
    if (!factory) return null;
    try {
      const keeper = new IndexedKeeper(await within(OPEN_MS, database(factory)));
      await keeper.read();
      return keeper;
    } catch {
      return null;
    }
  }

  private async read(): Promise<void> {
    const store = this.database.transaction(STORE).objectStore(STORE);
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    this.copy.clear();
    keys.forEach((key, i) => this.copy.set(String(key), String(values[i])));
    for (const [key, value] of this.unwritten) if (value !== null) this.copy.set(key, value);
  }

  /** Read what other pages have written since. */
  async refresh(): Promise<void> {
    try {
      await this.writing;
      await this.read();
    } catch { /* a database that is closing is asked again later */ }
  }

  get length(): number { return this.copy.size; }
  key(i: number): string | null { return [...this.copy.keys()][i] ?? null; }
  getItem(key: string): string | null { return this.copy.get(key) ?? null; }
  setItem(key: string, value: string): void { this.copy.set(key, value); this.write(key, value); }
  removeItem(key: string): void { this.copy.delete(key); this.write(key, null); }

  /** Resolves once all that was set so far is in the database; false if that failed. */
  settled(): Promise<boolean> { return this.writing; }

  /** What is set while a transaction runs goes together into the next one. */
  private write(key: string, value: string | null): void {
    const begin = this.unwritten.size === 0;
    this.unwritten.set(key, value);
    if (begin) this.writing = this.writing.then(() => this.commit());
  }

  private commit(): Promise<boolean> {
    const changes = this.unwritten;
    this.unwritten = new Map();
    return new Promise((resolve) => {
      try {
        const transaction = this.database.transaction(STORE, "readwrite");
        transaction.oncomplete = () => resolve(true);
        transaction.onerror = transaction.onabort = () => resolve(false);
        const store = transaction.objectStore(STORE);
        for (const [key, value] of changes) {
          if (value === null) store.delete(key);
          else store.put(value, key);
        }
      } catch {
        resolve(false);
      }
    });
  }
}

function database(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request).then((opened) => {
    opened.onversionchange = () => opened.close();
    return opened;
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}

function within<T>(milliseconds: number, wanted: Promise<T>): Promise<T> {
  return Promise.race([wanted, new Promise<never>((_, reject) => setTimeout(() => reject(new Error("too slow")), milliseconds))]);
}
