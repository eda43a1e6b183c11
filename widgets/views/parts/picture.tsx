// An attached picture, brought from the folder when it is shown: small, and large with a click.
import { useEffect, useState } from "preact/hooks";
import type { Model } from "../model";

const SAFE = /^data:image\/(png|jpeg|gif|webp);base64,/; // never SVG: it can hold scripts

/** A picture of the folder as an address; empty until it is there, and where there is no picture of that name. */
export function usePicture(model: Model, name: string): [string, (url: string) => void] {
  const [url, setUrl] = useState("");
  useEffect(() => {
    let gone = false;
    setUrl("");
    if (name) model.ask("picture", { name }).then((found) => { if (!gone && SAFE.test(String(found))) setUrl(String(found)); }, () => undefined);
    return () => { gone = true; };
  }, [model, name]);
  return [url, setUrl];
}

/** Nothing stands here where the file is no picture, is missing, or is too large to be sent. */
export function Picture({ model, name, label }: { model: Model; name: string; label: string }) {
  const [url, setUrl] = usePicture(model, name);
  const [large, setLarge] = useState(false);
  if (!url) return null;
  return (
    <button type="button" class={`thumb ${large ? "large" : ""}`} aria-pressed={large} title={large ? "Show it small" : "Show it large"} onClick={() => setLarge(!large)}>
      <img src={url} alt={`Picture: ${label}`} onError={() => setUrl("")} />
    </button>
  );
}
