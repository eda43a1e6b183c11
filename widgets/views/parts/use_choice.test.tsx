import { act, fireEvent, render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import type { Model, Operation, Outcome } from "../model";
import { useChoice } from "./use_choice";

it("chooses over what was chosen before, though nothing has answered yet", async () => {
  const sent: Operation[] = [];
  const answer: ((o: Outcome) => void)[] = [];
  const model = { send: (o: Operation) => { sent.push(o); return new Promise<Outcome>((done) => answer.push(done)); } } as unknown as Model;
  function Kind({ standing }: { standing: unknown }) {
    const [chosen, choose] = useChoice(model, "evidence.1.kind", standing);
    return <p>{String(chosen)}{["observation", "interview"].map((k) => <button key={k} onClick={() => choose(k)}>{k}</button>)}</p>;
  }
  const { rerender, container } = render(<Kind standing={undefined} />);
  fireEvent.click(screen.getByText("observation"));
  fireEvent.click(screen.getByText("interview"));
  expect(sent).toEqual([
    { do: "set", path: "evidence.1.kind", value: "observation", base: "" },
    { do: "set", path: "evidence.1.kind", value: "interview", base: "observation" },
  ]);
  rerender(<Kind standing="observation" />); // the first has come back
  expect(container.textContent).toMatch(/^interview/);
  await act(async () => { for (const done of answer) done({ ok: true, result: null }); });
  rerender(<Kind standing="survey" />); // a colleague's, later
  expect(container.textContent).toMatch(/^survey/);
});
