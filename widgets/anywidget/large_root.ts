// A collection that grows to thousands of items: it comes whole once, then only what changed; and what this page has
// sent stands in it at once, before the kernel has said so.
import type { Item, Operation } from "../views/model";

export interface ItemsMessage { kind: "items"; root: string; before: string; now: string; items: Item[]; gone: string[] }

export class LargeRoot {
  /** The name of the state that is held; empty before the first. */
  now = "";
  private readonly items = new Map<string, Item>();
  private own: Operation[] = [];
  private drawn: Item[] | null = null;

  constructor(readonly root: string) {}

  /** Take in a message; false if one before it was missed. */
  take(message: ItemsMessage): boolean {
    if (message.now === this.now) return true;
    if (message.before && message.before !== this.now) return false;
    if (!message.before) this.items.clear();
    for (const item of message.items) this.items.set(item.id, item);
    for (const id of message.gone) this.items.delete(id);
    this.now = message.now;
    const arrived = new Set(message.items.map((i) => i.id));
    this.own = this.own.filter((o) => !(arrived.has(idOf(o)) || message.gone.includes(idOf(o))));
    this.drawn = null;
    return true;
  }

  /** Show an operation of this page until the kernel shows it. */
  expect(operation: Operation): void {
    if (operation.do !== "attach" && operation.do !== "undo") this.own.push(operation);
    this.drawn = null;
  }

  forget(operation: Operation): void {
    this.own = this.own.filter((o) => o !== operation);
    this.drawn = null;
  }

  all(): Item[] {
    return (this.drawn ??= this.own.length ? this.joined() : [...this.items.values()]);
  }

  private joined(): Item[] {
    const all = new Map(this.items);
    for (const o of this.own) {
      const id = idOf(o);
      const field = "path" in o ? o.path.split(".")[2] : undefined;
      const item = all.get(id);
      if (o.do === "add" && !item) all.set(id, { ...(o.fields as object), id });
      else if (o.do === "remove" && !field) all.delete(id);
      else if (o.do === "set" && field && item) all.set(id, { ...item, [field]: o.value ?? undefined });
    }
    return [...all.values()];
  }
}

function idOf(o: Operation): string {
  if (o.do === "add") return (o.fields as { id?: string } | null)?.id ?? "";
  return "path" in o ? o.path.split(".")[1] ?? "" : "";
}
