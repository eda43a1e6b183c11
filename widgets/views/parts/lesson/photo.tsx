// A photo in a note: from the folder, or from this browser while it was not sent yet.
import type { Model } from "../../model";
import { usePicture } from "../picture";
import type { Note } from "./notes";

export function Photo({ model, note }: { model: Model; note: Note }) {
  const [url] = usePicture(model, note.media ?? "");
  const waiting = photosWaiting(model).get(note.id);
  const shown = waiting ? `data:image/jpeg;base64,${waiting}` : url;
  return shown ? <img class="photo-shown" src={shown} alt={`Photo to the note: ${note.verbatim ?? ""}`} /> : null;
}

/** Photos that this browser keeps and that were not sent yet, by the id of their note. */
export function photosWaiting(model: Model): Map<string, string> {
  const found = new Map<string, string>();
  for (const o of model.waiting?.() ?? []) {
    const [root, id = "", field] = o.do === "attach" ? o.path.split(".") : [];
    if (o.do === "attach" && root === "observations" && field === "media") found.set(id, o.content);
  }
  return found;
}
