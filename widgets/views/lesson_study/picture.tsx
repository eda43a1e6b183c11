// An attached picture, brought from the folder when it is shown.
import { useEffect, useState } from "preact/hooks";
import type { Cycle } from "./cycle";

export function Picture({ cycle: { model }, name, alt }: { cycle: Cycle; name: string | undefined; alt: string }) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    let gone = false;
    setUrl("");
    if (name) model.ask("picture", { name }).then((found) => { if (!gone) setUrl(String(found ?? "")); }, () => undefined);
    return () => { gone = true; };
  }, [model, name]);
  return url ? <img class="picture" src={url} alt={alt} /> : null;
}
