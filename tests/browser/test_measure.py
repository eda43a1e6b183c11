"""The measure view as people use it: numbers typed, pasted, dropped in as a file; a chart, its table, its words; new phases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from tests.browser.accessibility import violations
from tests.browser.bench import Bench
from tests.browser.lab import Lab, write_notebook

HOSTILE = '<script>alert(1)</script> </textarea> \u202eright to left\u202c 😀 & "quotes"'
NOTEBOOK = "import inquirylab\ninq = inquirylab.open('inquiry')\ninq.measure()"
looks = pytest.mark.parametrize("bench", [(1160, "light"), (1160, "dark"), (375, "light")], indirect=True)
MONDAY = dt.date(2024, 9, 2)
DROP = """([name, text]) => {
  const files = new DataTransfer(); files.items.add(new File([text], name));
  for (const kind of ['dragover', 'drop'])
    document.querySelector('.drop').dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true })) }"""
PASTE = """text => {
  const data = new DataTransfer(); data.setData('text/plain', text);
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }"""


@pytest.fixture
def inq(tmp_path: Path) -> Any:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", site="Ash", author="ana") as inquiry:
        yield inquiry


def late(inq: Any, weeks: int = 0, **more: Any) -> str:
    about = {
        "name": "Late",
        "family": "outcome",
        "kind": "proportion",
        "unit": "%",
        "direction": "down",
        "frequency": "week",
    }
    measure = str(inq.add("measures", {**about, "numerator": "Late", "denominator": "Enrolled", **more}))
    for i in range(weeks):
        day = str(MONDAY + dt.timedelta(weeks=i))
        inq.add(
            "measure_data",
            {
                "measure": measure,
                "date": day,
                "numerator": (10, 12, 9, 11)[i % 4] if i < 12 else 4 + i % 2,
                "denominator": 100,
            },
        )
    return measure


def typed(inq: Any) -> list[tuple[Any, ...]]:
    rows = inq.record.measure_data
    return sorted((str(r.date), r.numerator, r.denominator) for r in rows)


@looks
def test_empty_worked_full_and_wrong_have_no_barriers(
    bench: Callable[[Any], Bench], inq: Any, worked: Path, tmp_path: Path
) -> None:
    with (
        inquirylab.create(tmp_path / "full", title="Full", author="ana") as full,
        inquirylab.open(worked, author="ana") as example,
    ):
        measure = late(full, 22, baseline={"points": 12}, goal={"value": 5}, chart="i")
        full.add(
            f"measures.{measure}.phases", {"start": "2024-11-25", "label": "Calls on Sunday", "recalculate": False}
        )
        for point in ({"date": "2024-10-07", "reason": "Fire alarm"}, {"date": "2024-10-08"}):
            full.add(f"measures.{measure}.excluded", point)
        full.add(
            "measure_data",
            {"measure": measure, "date": "2025-02-03", "numerator": 300, "denominator": 100, "group": "7a"},
        )
        for inquiry, charts in ((inq, False), (example, True), (full, True)):
            shown = bench(inquiry.measure())
            shown.page.wait_for_selector(".chart h2" if charts else ".iq h1")
            for summary in shown.page.query_selector_all("details:not([open]) > summary"):
                summary.click()
            if inquiry is full:
                shown.page.get_by_role("button", name="A new phase").click()
                shown.page.get_by_role("button", name="Leave a point out").click()
                shown.page.get_by_role("button", name="Show as a table").click()
            assert violations(shown.page) == []
            assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert shown.said == []


def test_this_weeks_numbers_are_typed_with_the_keyboard_alone(bench: Callable[[Any], Bench], inq: Any) -> None:
    late(inq, 2)
    shown = bench(inq.measure())
    shown.page.wait_for_selector("[data-cell='2:0']")
    shown.page.focus("[data-cell='2:1']")
    shown.page.keyboard.type("7")
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.type("95")
    shown.page.keyboard.press("Enter")
    shown.page.wait_for_selector("[data-cell='3:0']")
    shown.page.wait_for_function("() => document.activeElement.dataset.cell === '3:1'")
    shown.page.keyboard.type("8")
    shown.page.keyboard.press("ArrowRight")
    shown.page.keyboard.type("96")
    shown.page.keyboard.press("ArrowUp")
    assert shown.page.evaluate("document.activeElement.dataset.cell") == "2:2"
    shown.saved()
    assert typed(inq)[2:] == [("2024-09-16", 7, 95), ("2024-09-23", 8, 96)]
    shown.page.wait_for_function("() => document.querySelector('.chart h2')?.innerText.includes('(4; we need 10)')")


def tab_to(page: Any, name: str) -> None:
    """Press Tab until the focus is on what is called so, as a person without a mouse does."""
    called = """() => { const e = document.activeElement;
      return [e.getAttribute('aria-label'), ...[...(e.labels ?? [])].map(l => l.innerText), e.innerText].find(Boolean)?.trim() ?? '' }"""
    for _ in range(150):
        page.keyboard.press("Tab")
        if str(page.evaluate(called)).startswith(name):
            return
    raise AssertionError(f"Tab never came to {name!r}")


def test_from_nothing_to_a_chart_with_a_new_phase_by_keyboard_alone(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.measure())
    page = shown.page
    tab_to(page, "Define a measure")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('[data-path]')?.dataset.path.endsWith('.name')")
    page.keyboard.type("Minutes late")
    tab_to(page, "Proportion")
    for _ in ("ratio", "count", "mean"):
        page.keyboard.press("ArrowDown")
    tab_to(page, "Date, row 1, new")
    page.keyboard.type("2024-09-02")
    for number in range(12):  # Enter comes back to the column of dates, where the next one is proposed
        page.keyboard.press("Tab")
        page.keyboard.type(str(number % 4 + 3))
        page.keyboard.press("Enter")
        page.wait_for_function(f"() => document.activeElement.dataset.cell === '{number + 1}:0'")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Delete")
    page.wait_for_selector(".chart h2:has-text('no signal')")
    tab_to(page, "A new phase")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('.wheeler')")
    page.keyboard.type("2024-10-07")
    page.keyboard.press("Tab")
    page.keyboard.type("Calls")
    for _ in range(4):
        tab_to(page, "No")
        page.keyboard.press("Space")
    tab_to(page, "Mark the date")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.innerText === 'A new phase'")
    shown.saved()
    (measure,) = inq.record.measures
    assert (measure.name, measure.kind, measure.phases[0].recalculate) == ("Minutes late", "mean", False)
    assert len(inq.record.measure_data) == 11
    assert str(measure.phases[0].start) == "2024-10-07" and shown.said == []


def test_a_block_of_a_spreadsheet_is_pasted_and_charted(bench: Callable[[Any], Bench], inq: Any) -> None:
    late(inq)
    shown = bench(inq.measure())
    shown.page.wait_for_selector("text=There are no numbers yet")
    shown.page.click("[data-cell='0:0']")
    rows = "".join(f"{MONDAY + dt.timedelta(weeks=i)}\t{(10, 12, 9, 11)[i % 4]}\t100\n" for i in range(12))
    shown.page.evaluate(PASTE, "Week\tLate\tAll\n" + rows)
    shown.page.wait_for_selector("text=12 rows pasted; the first line was taken as headings.")
    shown.saved()
    assert len(typed(inq)) == 12
    shown.page.wait_for_selector(".chart h2:has-text('no signal of change')")
    assert "Proposed: p chart" in shown.page.inner_text("section[aria-label='How it is judged']")


def test_two_people_type_at_once_and_both_see_both(bench: Callable[[Any], Bench], inq: Any) -> None:
    measure = late(inq, 2)
    shown = bench(inq.measure())
    shown.page.focus("[data-cell='2:1']")
    shown.page.keyboard.type("7")
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        ben.add("measure_data", {"measure": measure, "date": "2024-10-07", "numerator": 3, "denominator": 99})
        shown.page.wait_for_function(
            "() => [...document.querySelectorAll('.cell')].some(c => c.value === '2024-10-07')"
        )
        shown.page.keyboard.type("7")
        shown.saved()
        assert ("2024-09-16", 77, None) in typed(ben) and ("2024-10-07", 3, 99) in typed(inq)


def test_a_number_is_not_changed_under_the_hand_of_who_types_it(bench: Callable[[Any], Bench], inq: Any) -> None:
    late(inq, 1, kind="mean")
    shown = bench(inq.measure())
    shown.page.focus("[data-cell='1:1']")
    for part in ("1.", "0", "5"):
        shown.page.keyboard.type(part)
        shown.saved()
        shown.page.wait_for_timeout(500)
    assert shown.page.input_value("[data-cell='1:1']") == "1.05"
    shown.saved()
    assert 1.05 in {r.numerator for r in inq.record.measure_data} | {r.value for r in inq.record.measure_data}


def test_a_dropped_file_is_kept_confirmed_and_charted(bench: Callable[[Any], Bench], inq: Any) -> None:
    measure = late(inq)
    shown = bench(inq.measure())
    shown.page.get_by_role("button", name="A data file").click()
    rows = "".join(
        f"{MONDAY + dt.timedelta(weeks=i)},{c},{10 + (i + k) % 3},100\n"
        for i in range(12)
        for k, c in enumerate(("7a", "7b"))
    )
    shown.page.evaluate(DROP, ["late.csv", "week,class,late,enrolled\n" + rows])
    shown.page.wait_for_selector("h3:has-text('late.csv')")
    picked = {
        n: shown.page.get_by_label(n, exact=True).input_value()
        for n in ("Date", "Above the line", "Below the line", "Site")
    }
    assert picked == {"Date": "week", "Above the line": "late", "Below the line": "enrolled", "Site": "class"}
    shown.page.get_by_label("Site", exact=True).select_option("")
    shown.page.get_by_label("Group", exact=True).select_option("class")
    shown.page.get_by_label("Date", exact=True).select_option("class")
    shown.page.wait_for_selector(".trial .refusal")
    assert shown.page.get_by_role("button", name="Read the file so").is_disabled()
    shown.page.get_by_label("Date", exact=True).select_option("week")
    shown.page.wait_for_selector("text=The first rows, as they would be read")
    assert violations(shown.page) == []
    shown.page.get_by_role("button", name="Read the file so").click()
    shown.page.wait_for_selector(".beside li >> nth=1")
    assert shown.page.locator(".beside b").all_inner_texts() == ["7a", "7b"]
    assert list(inq.to_dict()["measures"][measure]["data"]["group"].values()) == ["class"]
    assert [p.name for p in (inq.folder.path / "data").iterdir()] == ["late.csv"]


def test_missing_marks_are_explained_and_unknown_ones_asked_for(bench: Callable[[Any], Bench], inq: Any) -> None:
    late(inq)
    shown = bench(inq.measure())
    shown.page.get_by_role("button", name="A data file").click()
    rows = "".join(
        f"{MONDAY + dt.timedelta(weeks=i)},{v},100\n" for i, v in enumerate([*range(10, 50), "c", "QQ", "c"])
    )
    shown.page.evaluate(DROP, ["marks.csv", "week,late,enrolled\n" + rows])
    shown.page.get_by_label("“QQ”").select_option("not_applicable")
    shown.page.wait_for_selector(".missing :text('Not applicable')")
    shown.page.get_by_role("button", name="Read the file so").click()
    shown.page.wait_for_selector(".chart h2")
    table = shown.page.locator(".missing tbody tr").all_inner_texts()
    assert sorted(" ".join(t.split()) for t in table) == [
        "Hidden by the publisher late c 2",
        "Not applicable late QQ 1",
    ]


def test_the_table_twin_is_one_key_away_and_the_words_say_what_the_chart_shows(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    late(inq, 22, baseline={"points": 12})
    shown = bench(inq.measure())
    shown.page.wait_for_selector(".chart h2:has-text('below its centre line for 10 weeks')")
    assert "below its centre line for 10 weeks" in shown.page.get_attribute(".drawn.hi", "aria-label")
    shown.page.get_by_role("button", name="Show as a table").focus()
    shown.page.keyboard.press("t")
    assert shown.page.locator(".twin tbody tr").count() == 22
    assert "Run of 10 below" in shown.page.locator(".twin tbody tr").last.inner_text()
    shown.page.keyboard.press("t")
    assert shown.page.locator(".drawn svg").count() == 3
    assert "It does not show why" in shown.page.inner_text(".says")


def test_new_lines_are_drawn_only_after_four_times_yes_and_the_answers_are_kept(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    measure = late(inq, 22, baseline={"points": 12})
    shown = bench(inq.measure())
    shown.page.get_by_role("button", name="Are new lines due? Four questions").click()
    form = shown.page.get_by_role("form", name="A new phase")
    assert form.get_by_label("From which date?").input_value() == "2024-11-25"
    form.get_by_label("What began?").fill("Calls on Sunday")
    form.get_by_role("button", name="Mark the date").click()
    assert "Still to be answered" in form.inner_text()
    for yes in form.get_by_role("button", name="Yes").all():
        yes.click()
    form.get_by_label("What is the known reason?").fill("Cycle 2")
    form.get_by_role("button", name="Begin a new phase").click()
    shown.saved()
    (phase,) = inq.record.measures[0].phases
    assert phase.recalculate and phase.reason == "Cycle 2" and all(a.endswith("? Yes") for a in phase.answers)
    shown.page.wait_for_selector(".drawn.hi svg text:has-text('Calls on Sunday')")
    assert inq.measured(measure).finding.phase[-1] == 2
    assert shown.page.locator("text=Are new lines due").count() == 0


def test_a_point_is_left_out_with_its_reason_and_counts_again(bench: Callable[[Any], Bench], inq: Any) -> None:
    measure = late(inq, 22, baseline={"points": 12})
    shown = bench(inq.measure())
    shown.page.get_by_role("button", name="Leave a point out").click()
    form = shown.page.get_by_role("form", name="Leave a point out")
    form.get_by_label("Which point?").select_option(label="7 Oct 2024: 12%")
    form.get_by_role("button", name="Leave it out").click()
    assert "Say why" in form.inner_text()
    form.get_by_label("Why is it left out?").fill("Fire alarm")
    form.get_by_role("button", name="Leave it out").click()
    shown.saved()
    (point,) = inq.record.measures[0].excluded
    assert (str(point.date), point.reason) == ("2024-10-07", "Fire alarm")
    shown.page.wait_for_selector(".words :text('Left out: 7 Oct 2024 (Fire alarm).')")
    assert "7 Oct 2024: Fire alarm" in shown.page.locator(".drawn.hi svg").inner_html()
    assert len(inq.measured(measure).finding.x) == 21
    shown.page.keyboard.press("t")
    row = shown.page.locator(".twin tbody tr", has_text="7 Oct 2024").inner_text()
    assert row.split() == ["7", "Oct", "2024", "left", "out:", "Fire", "alarm"]
    assert violations(shown.page) == []
    assert "Left out: 7 Oct 2024 (Fire alarm)." in shown.widget.html()
    assert "left out: Fire alarm" in shown.widget.markdown()
    shown.page.get_by_role("button", name="Count it again: 2024-10-07").click()
    shown.saved()
    shown.page.wait_for_selector(".words :text('Left out')", state="detached")
    assert inq.record.measures[0].excluded == () and len(inq.measured(measure).finding.x) == 22
    assert shown.said == []


def test_a_point_is_left_out_and_counts_again_by_keyboard_alone(bench: Callable[[Any], Bench], inq: Any) -> None:
    late(inq, 12)
    shown = bench(inq.measure())
    page = shown.page
    page.wait_for_selector(".chart h2")
    tab_to(page, "Leave a point out")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('.leaving select')")
    page.keyboard.type("11 Nov")
    page.keyboard.press("Tab")
    page.keyboard.type("Snow")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.innerText === 'Leave a point out'")
    page.wait_for_selector(".words :text('Left out: 11 Nov 2024 (Snow).')")
    for _ in range(2):  # back over the reason to the button above it
        page.keyboard.press("Shift+Tab")
    page.wait_for_function("() => document.activeElement.innerText === 'Count it again'")
    page.keyboard.press("Enter")
    page.wait_for_selector(".words :text('Left out')", state="detached")
    page.wait_for_function("() => document.activeElement.closest('.leaving')")
    shown.saved()
    assert inq.record.measures[0].excluded == () and shown.said == []


def test_another_chart_than_the_proposed_one_is_chosen_with_a_reason(bench: Callable[[Any], Bench], inq: Any) -> None:
    measure = late(inq, 12)
    shown = bench(inq.measure())
    shown.page.get_by_label("Chart", exact=True).select_option("i")
    shown.page.get_by_label("If it is another chart").fill("The hub compares I charts.")
    shown.saved()
    assert (inq.get(f"measures.{measure}.chart"), inq.get(f"measures.{measure}.chart_why")) == (
        "i",
        "The hub compares I charts.",
    )
    shown.page.wait_for_selector(".chart .hint:has-text('I chart')")


def test_hostile_names_and_cells_are_text(bench: Callable[[Any], Bench], inq: Any) -> None:
    measure = late(inq, 3, numerator=HOSTILE)
    inq.set(f"measures.{measure}.name", HOSTILE)
    inq.add(
        "measure_data",
        {"measure": measure, "date": "2024-10-07", "numerator": 3, "denominator": 9, "group": HOSTILE, "note": HOSTILE},
    )
    shown = bench(inq.measure())
    shown.page.wait_for_selector(".chart h2")
    shown.page.get_by_role("button", name="A data file").click()
    shown.page.evaluate(
        DROP,
        [
            "<img src=x onerror=alert(1)>.csv",
            f'"{HOSTILE[:24]}",late,class\n2024-09-02,3,"{HOSTILE[:24]}"\n2024-09-09,3,b\n',
        ],
    )
    shown.page.wait_for_selector(".confirm h3")
    assert shown.page.evaluate("document.querySelectorAll('#view script, #view img').length") == 0
    assert shown.said == []


def test_a_new_measure_is_defined_counted_and_charted_by_mouse(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.measure())
    shown.page.get_by_role("button", name="Define a measure").click()
    shown.page.get_by_label("What is the measure called?").fill("Minutes until the first question")
    shown.page.get_by_text("Mean (average score)").click()
    shown.page.click("[data-cell='0:1']")
    shown.page.keyboard.type("12.5")
    shown.saved()
    shown.page.wait_for_selector(
        ".chart h2:has-text('Minutes until the first question: too few points to judge (1; we need 10)')"
    )
    assert inq.record.measure_data[0].value == 12.5


def test_in_a_real_lab_numbers_are_typed_and_a_file_is_taken(
    labs: Callable[..., Lab], contexts: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    with inquirylab.create(folder / "inquiry", title="Late on Mondays", author="ana") as inq:
        late(inq, 2)
    write_notebook(folder / "n.ipynb", NOTEBOOK)
    page = labs(folder).open(contexts(), "n.ipynb")
    page.wait_for_selector("[data-cell='2:1']")
    page.click("[data-cell='2:1']")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.type("95")
    page.wait_for_function("() => document.querySelector('.chart h2')?.innerText.includes('(3; we need 10)')")
    page.get_by_role("button", name="A data file").click()
    rows = "".join(f"{MONDAY + dt.timedelta(weeks=i)},{10 + i % 3},100\n" for i in range(12))
    page.set_input_files(
        ".drop input", {"name": "late.csv", "mimeType": "text/csv", "buffer": ("week,late,enrolled\n" + rows).encode()}
    )
    page.get_by_role("button", name="Read the file so").click()
    page.wait_for_selector(".read-from :text('late.csv')")
    with inquirylab.open(folder / "inquiry", author="ben") as inq:
        assert ("2024-09-16", 7, 95) in typed(inq)
    assert (folder / "inquiry" / "data" / "late.csv").exists()
