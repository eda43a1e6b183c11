// The same theory as a tree: one tab stop, every act by key, and everything that the picture shows in words.
import type { ComponentChildren } from "preact";
import { memo } from "preact/compat";
import { rowsOf, AIM, mainLink, nameOf } from "./theory";
import type { Theory } from "./theory";
import { KEYS } from "./commands";
import type { Mark } from "./shown";

interface Props {
  theory: Theory; marks: Record<string, Mark[]>; folded: ReadonlySet<string>; selected: string;
  editor: { id: string; content: ComponentChildren } | null; box: { id: string; content: ComponentChildren } | null;
  choose: (id: string) => void; fold: (id: string, open: boolean) => void; rename: (id: string) => void; onKeyDown: (e: KeyboardEvent) => void;
}

const NO_MARKS: readonly Mark[] = [];

export const Tree = memo(function Tree(props: Props) {
  const { theory, folded } = props;
  const rows = rowsOf(theory, folded);
  const stop = rows.some((r) => r.id === props.selected) ? props.selected : AIM;
  return (
    <>
      <h2 class="h3">Tree</h2>
      {/* rows stand one after another; level, place and number are said in words for those who do not see them */}
      <div class="tree" role="tree" aria-label="Tree of the theory" onKeyDown={props.onKeyDown}
        onFocusIn={(e) => { const id = (e.target as HTMLElement).dataset?.row; if (id && id !== props.selected) props.choose(id); }}>
        {rows.map((row, i) => {
          const editing = props.editor?.id === row.id ? props.editor.content : null;
          return (
            <div key={row.id}>
              {i > 0 && row.depth === 0 && rows[i - 1] && !rows.slice(1, i).some((r) => r.depth === 0) && <p class="loose mut" role="presentation">Not linked to the aim yet</p>}
              <TreeRow {...row} name={nameOf(theory.nodes.get(row.id))} marks={shortened(props.marks[row.id] ?? NO_MARKS)} selected={props.selected === row.id} stop={stop === row.id} editing={editing} {...placeIn(theory, row.id)}
                choose={props.choose} fold={props.fold} rename={props.rename} />
              {props.box?.id === row.id && props.box.content}
            </div>
          );
        })}
      </div>
      <details class="keys"><summary>Keys</summary><dl>
        {KEYS.map(([keys, what]) => [<dt key={what}>{keys.map((k) => <kbd key={k}>{k}</kbd>)}</dt>, <dd key={`${what}d`}>{what}</dd>])}
      </dl></details>
    </>
  );
});

/** In the tree one diamond stands for all findings of a node; its words name them. */
const short = new WeakMap<readonly Mark[], readonly Mark[]>();
function shortened(marks: readonly Mark[]): readonly Mark[] {
  const wrong = marks.filter((m) => m.role === "con");
  if (wrong.length < 2) return marks;
  const known = short.get(marks) ?? [...marks.filter((m) => m.role !== "con"), { shape: "diamond", role: "con", words: wrong.map((m) => m.words).join("; ") }];
  short.set(marks, known);
  return known;
}

function placeIn(theory: Theory, id: string): { setSize: number; posInSet: number; also: string } {
  const parent = theory.parent.get(id);
  const beside = parent === undefined ? theory.roots : theory.kids.get(parent) ?? [];
  const main = mainLink(theory, id);
  const also = (theory.up.get(id) ?? []).filter((l) => l !== main).map((l) => `also${l.weak ? ", weakly" : ""}: ${nameOf(theory.nodes.get(l.effect))}`).join("; ");
  return { setSize: beside.length, posInSet: beside.indexOf(id) + 1, also: [main?.weak ? "weak link" : "", also].filter(Boolean).join("; ") };
}

interface RowProps {
  id: string; depth: number; kids: number; open: boolean; name: string; marks: readonly Mark[]; selected: boolean; stop: boolean; editing: ComponentChildren; setSize: number; posInSet: number; also: string;
  choose: (id: string) => void; fold: (id: string, open: boolean) => void; rename: (id: string) => void;
}

const TreeRow = memo(function TreeRow({ id, depth, kids, open, name, marks, selected, stop, editing, setSize, posInSet, also, choose, fold, rename }: RowProps) {
  return (
    <div role="treeitem" class="row" data-row={id} tabIndex={stop ? 0 : -1} aria-selected={selected} aria-level={depth + 1} aria-setsize={setSize} aria-posinset={posInSet}
      aria-expanded={kids ? open : undefined} style={{ "--d": depth }} onClick={() => choose(id)} onDblClick={() => rename(id)}>
      {kids ? <i class={`ic tw ${open ? "i-down" : "i-right"}`} onClick={(e) => { e.stopPropagation(); fold(id, !open); }} /> : <i class="tw" />}
      {editing ?? <span class="k"><span dir="auto">{name}</span>{also && <span class="mut also"> ({also})</span>}</span>}
      {!editing && <span class="mk">{marks.map((m, i) => <span key={i} title={m.words}><i class={`ic i-${m.shape} ${m.role || "mut"}`} /><span class="sr">{i ? "; " : ". "}{m.words}</span></span>)}</span>}
    </div>
  );
});
