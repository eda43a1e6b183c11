"""A PDSA cycle as a team enters it: eight answers, a prediction that locks, a result beside it, a decision, the next cycle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from tests.browser.bench import Bench
from tests.browser.lab import Lab, says, write_notebook


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Any]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        driver = inquiry.add("driver_diagram.drivers", {"label": "Families know why", "level": 1})
        inquiry.add("change_ideas", {"name": "A call on Sunday", "drivers": [driver]})
        yield inquiry


def test_a_whole_cycle_by_keyboard_alone(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.pdsa_cycle())
    page = shown.page
    assert "Eight" not in page.inner_text(".iq h1")
    page.get_by_role("button", name="New cycle").focus()
    page.keyboard.press("Enter")
    cycle = page.wait_for_function(
        "() => document.querySelector('[data-path$=\".change\"]')?.dataset.path"
    ).json_value()
    path = str(cycle).rpartition(".")[0]

    def write(end: str, words: str) -> None:
        page.locator(f"[data-path^='{path}'][data-path$='{end}'] .ctl").first.focus()
        page.keyboard.type(words)

    page.locator(f"[data-path='{path}.change'] select").focus()
    page.keyboard.type("A call")  # a list is chosen from by typing, too
    write(".question", "Do more pupils come on time?")
    write(".prediction", "At least 14 of 22")
    write(".plan.what", "The tutor calls each family on Sunday evening.")
    page.locator("[data-path*='.data.'][data-path$='.what'] .ctl").focus()
    page.keyboard.type("Arrivals on Monday")
    shown.saved()
    assert inq.findings() is not None and inq.record.pdsa_cycles[0].questions[0].locked_at is None
    page.get_by_label("What happened: add a line").focus()
    page.keyboard.type("Everybody could be reached")
    page.keyboard.press("Enter")
    shown.saved()
    page.wait_for_selector(".locked")
    assert "before Do began" in page.inner_text(".locked")
    page.get_by_role("button", name="Say what came out").focus()
    page.keyboard.press("Enter")
    write(".value", "19")
    write(".learned", "A call is enough.")
    page.locator(f"[data-path='{path}.act'] input").first.focus()
    page.keyboard.press("Space")
    write(".reason", "It worked for every family.")
    shown.saved()
    page.wait_for_function("() => /8 of 8 needed answers/.test(document.querySelector('.state').innerText)")
    page.get_by_role("button", name="Share the decision and plan cycle 2").focus()
    page.keyboard.press("Enter")
    shown.saved()
    page.wait_for_function("() => document.querySelectorAll('.card-cycle').length === 2")
    first, second = inq.record.pdsa_cycles
    assert (first.act, str(first.reason), first.results[0].value) == ("adopt", "It worked for every family.", 19)
    assert first.acted_on is not None and first.questions[0].prediction == "At least 14 of 22"
    assert (second.change, second.cycle_no, second.questions[0].question) == (
        first.change,
        2,
        "Do more pupils come on time?",
    )
    assert second.questions[0].prediction is None  # each cycle predicts anew


def test_a_locked_prediction_can_be_changed_and_the_first_stays_in_sight(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    cycle = inq.add(
        "pdsa_cycles",
        {
            "title": "First",
            "questions": [
                {"question": "Does it help?", "prediction": "14 to 18", "predicted_low": 14, "predicted_high": 18}
            ],
        },
    )
    inq.add(f"pdsa_cycles.{cycle}.do_log", {"observation": "It began"})
    shown = bench(inq.pdsa_cycle(cycle))
    shown.page.get_by_role("button", name="Change it all the same").click()
    shown.page.locator("[data-path$='.prediction'] .ctl").fill("10 to 12")
    shown.saved()
    shown.page.wait_for_function("() => /At first: .*14 to 18/.test(document.querySelector('.vs').innerText)")
    shown.page.get_by_role("button", name="Say what came out").click()
    shown.page.locator("[data-path$='.value'] .ctl").fill("19")
    shown.saved()
    shown.page.wait_for_function("() => /Higher than expected, by 1/.test(document.querySelector('.vs').innerText)")
    assert (
        shown.page.get_attribute(".scale", "aria-label") == "Predicted 14 to 18, result 19. Higher than expected, by 1."
    )


def test_a_plan_is_copied_with_credit(bench: Callable[[Any], Bench], inq: Any) -> None:
    cycle = inq.add(
        "pdsa_cycles", {"title": "Northern college's call", "plan": {"what": "Call on Sunday", "who": "Tutor"}}
    )
    shown = bench(inq.pdsa_cycle(cycle))
    shown.page.get_by_role("button", name="Copy this plan").click()
    shown.saved()
    shown.page.wait_for_function(
        "() => /copied from “Northern college/.test(document.querySelector('aside').innerText)"
    )
    copy = inq.record.pdsa_cycles[1]
    assert (copy.clone_of, copy.plan.what, copy.plan.who, copy.act) == (cycle, "Call on Sunday", "Tutor", None)


def test_the_board_shows_cycles_by_driver_and_state_and_opens_them(bench: Callable[[Any], Bench], worked: Path) -> None:
    inquiry = inquirylab.open(worked, author="ana")
    shown = bench(inquiry.pdsa_cycle())
    cards = shown.page.locator("button.card-cycle")
    assert cards.count() == len(inquiry.record.pdsa_cycles)
    cards.first.click()
    assert shown.page.inner_text(".iq h1") in cards.first.inner_text()
    assert cards.first.get_attribute("aria-current") == "true"


def test_in_lab_a_cycle_goes_from_plan_to_act_through_a_cut_a_reload_and_a_restart(
    labs: Callable[..., Lab], contexts: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    with inquirylab.create(folder / "inquiry", title="Late on Mondays", author="ana") as made:
        idea = made.add("change_ideas", {"name": "A call on Sunday"})
        cycle = made.add(
            "pdsa_cycles", {"id": "c1", "change": idea, "questions": [{"id": "q1"}], "data": [{"id": "d1"}]}
        )
    write_notebook(
        folder / "cycle.ipynb", f"import inquirylab\ninquirylab.open('inquiry', author='ana').pdsa_cycle({cycle!r})"
    )
    context = contexts()
    page = labs(folder).open(context, "cycle.ipynb")
    path = f"pdsa_cycles.{cycle}"

    def write(end: str, words: str) -> None:
        page.locator(f"[data-path='{path}.{end}'] .ctl").fill(words)

    write("questions.q1.question", "Do more pupils come on time?")
    write("questions.q1.prediction", "At least 14 of 22")
    write("data.d1.what", "Arrivals on Monday")
    says(page, "Saved")
    page.get_by_label("What happened: add a line").fill("Everybody could be reached")
    page.keyboard.press("Enter")
    page.wait_for_selector(".locked")
    context.set_offline(True)
    write("plan.what", "The tutor calls each family.")
    says(page, "Not saved")
    context.set_offline(False)
    says(page, "Saved")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save().then(() => null)")
    page.reload()
    page.wait_for_selector(".locked")  # the kernel lives: the widget is back without running a cell
    assert "At least 14 of 22" in page.inner_text(".locked")
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart().then(() => null)"
    )
    write("learned", "A call is enough.")
    says(page, "Not saved")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => null)")
    says(page, "Saved")
    page.locator(f"[data-path='{path}.act'] input").first.click()
    write("reason", "It worked for every family.")
    says(page, "8 of 8 needed answers")
    with inquirylab.open(folder / "inquiry", author="ben") as ben:
        for _ in range(400):
            if ben.get(f"{path}.reason") == "It worked for every family.":
                break
            page.wait_for_timeout(100)
        found = ben.record.pdsa_cycles[0]
        assert (found.learned, found.act, found.plan.what) == (
            "A call is enough.",
            "adopt",
            "The tutor calls each family.",
        )
        assert found.questions[0].prediction == "At least 14 of 22" and found.questions[0].locked_at
