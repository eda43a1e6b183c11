import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect, it } from "vitest";
import type { Model } from "../model";
import { Picture } from "./picture";

const PNG = "data:image/png;base64,iVBORw0KGgo=";

function answering(answers: Record<string, unknown>): { model: Model; asked: string[] } {
  const asked: string[] = [];
  const ask = (question: string, details?: Record<string, unknown>): Promise<unknown> => {
    asked.push(`${question} ${String(details?.["name"])}`);
    const answer = answers[String(details?.["name"])];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { model: { ask } as unknown as Model, asked };
}

it("brings a picture, says what it is of, and shows it large with a click", async () => {
  const { model, asked } = answering({ "a.png": PNG });
  render(<Picture model={model} name="a.png" label="The board" />);
  const image = await screen.findByAltText("Picture: The board");
  expect(asked).toEqual(["picture a.png"]);
  expect(image.getAttribute("src")).toBe(PNG);
  const button = screen.getByRole("button", { name: "Picture: The board", pressed: false });
  fireEvent.click(button);
  await screen.findByRole("button", { pressed: true });
});

it("shows nothing that is no picture: another file, SVG, an address elsewhere, no answer", async () => {
  const bad = { "a.pdf": "", "a.svg": "data:image/svg+xml;base64,PHN2Zz4=", "a.js": "javascript:alert(1)", "a.url": "https://other.example/a.png", gone: new Error("no kernel") };
  for (const name of Object.keys(bad)) {
    const { model, asked } = answering(bad);
    const { container, unmount } = render(<Picture model={model} name={name} label="The board" />);
    await waitFor(() => expect(asked).toHaveLength(1));
    await Promise.resolve();
    expect(container.innerHTML).toBe("");
    unmount();
  }
});

it("shows the new picture when another file was put in its place", async () => {
  const { model } = answering({ "a.png": PNG, "b.gif": "data:image/gif;base64,R0lGODlh" });
  const { rerender } = render(<Picture model={model} name="a.png" label="The board" />);
  await screen.findByRole("img");
  rerender(<Picture model={model} name="b.gif" label="The board" />);
  await waitFor(() => expect(screen.getByRole("img").getAttribute("src")).toContain("image/gif"));
});
