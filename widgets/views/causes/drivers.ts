// A cause becomes a driver with one action: the driver takes its words, and both know of each other.
import { at, itemsAt, newId } from "../model";
import type { Item, Model, State } from "../model";

/** @param above the driver that the cause above it became, if any: the new one is set below it, else it is primary. */
export async function becomeDriver(model: Model, state: State, path: string, words: string, how: string, above: string): Promise<void> {
  const id = newId();
  const parent = itemsAt(state.answers, "driver_diagram.drivers").find((d) => d.id === above);
  const level = parent ? Math.min(3, Number(parent["level"] ?? 1) + 1) : 1;
  const made = await model.send({ do: "add", path: "driver_diagram.drivers", fields: { id, label: words, level, ...(how ? { definition: how } : {}) } });
  if (!made.ok) return;
  await model.send({ do: "set", path: `${path}.becomes_driver`, value: id, base: String(at(state.answers, `${path}.becomes_driver`) ?? "") });
  await model.send({ do: "add", path: "driver_diagram.edges", fields: { id: newId(), cause: id, effect: parent ? parent.id : "aim" } });
}

export function driverOf(state: State, item: Item): Item | undefined {
  const id = item["becomes_driver"];
  return itemsAt(state.answers, "driver_diagram.drivers").find((d) => d.id === id);
}
