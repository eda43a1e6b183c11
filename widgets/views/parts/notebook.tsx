// A notebook of this inquiry by its name; where it stands in the folder and a notebook application shows this view, a link.
import type { Model, State } from "../model";

export function Notebook({ model, state, name }: { model: Model; state: State; name: string }) {
  const file = `${name}.ipynb`;
  const path = state.notebooks?.find((p) => p.split("/").at(-1) === file);
  const link = path === undefined ? null : model.linkTo?.(path) ?? null;
  return link ? <a href={link.href} {...link.open}>{file}</a> : <>{file}</>;
}
