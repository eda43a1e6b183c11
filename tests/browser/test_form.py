"""The form view as people use it: with mouse and keys, alone and together, with and without a connection."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from inquirylab.store.log import LogWriter
from tests.browser.accessibility import violations
from tests.browser.bench import Bench
from tests.browser.lab import Lab, says, write_notebook

ROOT = Path(__file__).parents[2]
HOSTILE = '<script>alert(1)</script> </textarea> \u202eright to left\u202c 😀 & "quotes"'
NOTEBOOK = "import inquirylab\ninq = inquirylab.open('inquiry')\ninq.form('aim')"


@pytest.fixture
def inq(tmp_path: Path) -> Any:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def test_what_is_typed_is_saved_and_said_to_be(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.form("aim"))
    field = shown.page.locator("[data-path='aim.what'] .ctl")
    field.click()
    shown.page.keyboard.type("Fewer late arrivals")
    shown.saved()
    assert inq.get("aim.what") == "Fewer late arrivals"
    field.fill("")
    shown.saved()
    assert inq.get("aim.what") is None


def test_a_number_that_is_none_is_said_at_once_and_not_sent(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.form("aim"))
    field = shown.page.locator("[data-path='aim.target'] .ctl")
    field.fill("eighty")
    assert "“eighty” is not a number." in shown.page.inner_text("[data-path='aim.target']")
    field.fill("80,5")
    shown.saved()
    assert inq.get("aim.target") == 80.5


def test_guidance_longer_than_a_line_folds_away_and_is_said_once(bench: Callable[[Any], Bench], inq: Any) -> None:
    inq.set("aim.what", "Fewer late arrivals")
    shown = bench(inq.form("aim"))
    by_when = shown.page.locator("[data-path='aim.by_when']")
    assert by_when.locator("> .hint").inner_text() == "A day, not “soon”."
    assert by_when.inner_text().count("not “soon”") == 1 and "has no answer yet" in by_when.inner_text()
    equity = shown.page.locator("fieldset", has_text="Whose outcome must rise most?")
    said = equity.get_by_text("An average can rise while a group falls behind.")
    assert not said.is_visible()
    equity.get_by_text("Guidance", exact=True).click()
    assert said.is_visible()


def test_hostile_text_is_text(bench: Callable[[Any], Bench], inq: Any) -> None:
    inq.set("aim.what", HOSTILE)
    inq.add("people", {"display": HOSTILE})
    view = inq.form("aim", "people")
    shown = bench(view)
    assert shown.page.input_value("[data-path='aim.what'] .ctl") == HOSTILE
    assert HOSTILE.replace("\u202e", "").replace("\u202c", "")[:8] in shown.page.inner_text(".item .name")
    assert "<script>" not in view.html() and "&lt;script&gt;" in view.html()
    assert shown.said == []


def test_another_persons_words_arrive_and_are_kept(bench: Callable[[Any], Bench], inq: Any) -> None:
    inq.set("problem_definition.statement", "On Mondays pupils come late.")
    shown = bench(inq.form("problem_definition"))
    text = shown.page.locator("[data-path='problem_definition.statement'] .ctl")
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        ben.set("problem_definition.statement", "On Mondays 20 pupils come late.", base="On Mondays pupils come late.")
        shown.page.wait_for_function("() => document.querySelector('textarea').value.includes('20 pupils')")
        text.click()
        text.press("End")
        shown.page.keyboard.type(" Since May.")
        ben.set(
            "problem_definition.statement",
            "On most Mondays 20 pupils come late.",
            base="On Mondays 20 pupils come late.",
        )
        shown.saved()
        shown.page.wait_for_function(
            "() => document.querySelector('textarea').value === 'On most Mondays 20 pupils come late. Since May.'"
        )
        assert ben.get("problem_definition.statement") == "On most Mondays 20 pupils come late. Since May."


def test_two_answers_at_once_stand_side_by_side_until_a_click(bench: Callable[[Any], Bench], inq: Any) -> None:
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        ben.get("aim.where")
        inq.set("aim.where", "Year 9", base="")
        ben.set("aim.where", "Year 10", base="")
    shown = bench(inq.form("aim"))
    shown.page.wait_for_selector(".conflict")
    assert violations(shown.page) == []
    shown.page.get_by_role("button", name="Use ben’s").click()
    shown.page.wait_for_selector(".conflict", state="detached")
    assert (inq.get("aim.where"), inq.conflicts()) == ("Year 10", [])


def test_a_list_grows_moves_shrinks_and_brings_back_by_keyboard_alone(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.form("people"))
    page = shown.page
    page.get_by_role("button", name="Add").focus()
    page.keyboard.press("Enter")
    page.locator("[data-path$='.display'] .ctl").focus()
    page.keyboard.type("Ana")
    shown.saved()
    page.get_by_role("button", name="Add").last.focus()
    page.keyboard.press("Enter")
    page.locator("[data-path$='.display'] .ctl").focus()
    page.keyboard.type("Ben")
    shown.saved()
    assert [p.display for p in inq.record.people] == ["Ana", "Ben"]
    page.get_by_role("button", name="Move “Ben” up").focus()
    page.keyboard.press("Enter")
    shown.saved()
    assert [p.display for p in inq.record.people] == ["Ben", "Ana"]
    page.get_by_role("button", name="Remove “Ben”").focus()
    page.keyboard.press("Enter")
    page.locator(".removed summary").click()
    page.get_by_role("button", name="Bring back 1").click()
    shown.page.wait_for_function("() => document.querySelectorAll('.item').length === 2")
    assert [p.display for p in inq.record.people] == ["Ben", "Ana"]


def test_nothing_is_lost_while_nobody_answers_and_the_line_says_so(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.form("aim"))
    shown.page.wait_for_selector(".iq h1")
    shown.page.evaluate("bench.connect(false)")
    shown.page.locator("[data-path='aim.what'] .ctl").fill("Typed without a connection")
    shown.page.wait_for_function("() => /Not saved/.test(document.querySelector('.state').innerText)")
    assert inq.get("aim.what") is None
    shown.page.evaluate("bench.connect(true)")
    shown.saved()
    assert inq.get("aim.what") == "Typed without a connection"


def test_a_folder_that_cannot_be_written_is_said(
    bench: Callable[[Any], Bench], inq: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = bench(inq.form("aim"))

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(LogWriter, "append", full)
    shown.page.locator("[data-path='aim.what'] .ctl").fill("While the disk is full")
    shown.page.wait_for_function("() => /Not saved/.test(document.querySelector('.state').innerText)")
    monkeypatch.undo()
    shown.saved()
    assert inq.get("aim.what") == "While the disk is full"


@pytest.mark.parametrize("app", ["jupyterlab", "notebook"])
def test_in_a_notebook_nothing_is_lost_by_a_cut_a_reload_or_a_restart(
    app: str, labs: Callable[..., Lab], contexts: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    inquirylab.create(folder / "inquiry", title="Late on Mondays", author="ana").close()
    write_notebook(folder / "aim.ipynb", NOTEBOOK)
    lab = labs(folder, app=app)
    context = contexts()
    page = lab.open(context, "aim.ipynb")
    field = "[data-path='aim.what'] .ctl"
    page.locator(field).click()
    page.keyboard.type("dd aa bb")  # keys that a notebook would take for its own
    says(page, "Saved")
    assert violations(page, ".inquirylab") == []
    context.set_offline(True)
    page.locator(field).fill("Typed while the connection was cut")
    says(page, "Not saved")
    context.set_offline(False)
    wait_for(folder, page, "Typed while the connection was cut")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save().then(() => null)")
    page.reload()
    page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.context")
    page.wait_for_selector(field)  # the kernel lives: the widget is back without running a cell
    assert page.input_value(field) == "Typed while the connection was cut"
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart().then(() => null)"
    )
    page.locator(field).fill("After the restart")
    says(page, "Not saved")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => null)")
    wait_for(folder, page, "After the restart")


END_THREADS = """async () => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const threads = (await kernel.requestListSubshell({}).done).content.subshell_id;
  for (const id of threads) await kernel.requestDeleteSubshell({ subshell_id: id }).done;
  return threads.length }"""


def test_a_view_is_heard_again_when_the_thread_that_widgets_share_has_ended(
    labs: Callable[..., Lab], contexts: Callable[..., Any], tmp_path: Path
) -> None:
    """JupyterLab ends it now and then while views use it; the kernel then drops what they send, and is idle."""
    folder = tmp_path / "work"
    inquirylab.create(folder / "inquiry", title="Late on Mondays", author="ana").close()
    write_notebook(folder / "aim.ipynb", NOTEBOOK)
    page = labs(folder).open(contexts(), "aim.ipynb")
    page.locator("[data-path='aim.what'] .ctl").click()
    page.keyboard.type("Fewer")
    wait_for(folder, page, "Fewer")
    assert page.evaluate(END_THREADS) == 1
    page.keyboard.type(" late arrivals")
    wait_for(folder, page, "Fewer late arrivals")


def wait_for(folder: Path, page: Any, words: str) -> None:
    """Wait until another person finds these words in the record."""
    with inquirylab.open(folder / "inquiry", author="ben") as ben:
        for _ in range(400):
            if ben.get("aim.what") == words:
                break
            page.wait_for_timeout(100)
        assert ben.get("aim.what") == words


DROP = """(bytes) => {
  const files = new DataTransfer(); files.items.add(new File([new Uint8Array(bytes)], 'Board of Monday.png', { type: 'image/png' }));
  document.querySelector('.attach').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })) }"""
SEEN = "() => { const i = document.querySelector('.attach img'); return i && i.complete && i.naturalWidth > 0 && i.clientHeight <= 120 }"


def test_an_attached_picture_is_shown_small_and_large_and_a_drawing_with_a_script_is_not(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    evidence = inq.add("problem_definition.evidence", {"kind": "work_sample", "what": "The board"})
    shown = bench(inq.form("problem_definition"))
    page = shown.page
    page.get_by_role("button", name="The board", exact=True).click()
    page.wait_for_selector(".attach")
    page.evaluate(DROP, list((ROOT / "docs" / "pictures" / "progress-phone.png").read_bytes()))
    page.wait_for_function(SEEN)
    page.get_by_role("button", name="Picture: A file, if it may be kept here").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.attach img').clientHeight > 300")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(DROP, list(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"))
    page.wait_for_selector(".attach img", state="detached")
    shown.saved()
    assert inq.get(f"problem_definition.evidence.{evidence}.file").endswith(".png")  # kept, and not shown
    assert shown.said == []
