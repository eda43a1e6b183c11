// A browser's storage for tests: it forgets with the test.
import type { Keeper } from "./queue";

export class Memory implements Keeper {
  private readonly kept = new Map<string, string>();
  get length(): number { return this.kept.size; }
  key(i: number): string | null { return [...this.kept.keys()][i] ?? null; }
  getItem(key: string): string | null { return this.kept.get(key) ?? null; }
  setItem(key: string, value: string): void { this.kept.set(key, value); }
  removeItem(key: string): void { this.kept.delete(key); }
}
