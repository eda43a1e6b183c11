"""A new team goes from an empty folder to a complete inquiry: in JupyterLab with the mouse, in Notebook by keys alone."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

import inquirylab
from inquirylab.inquiry import Inquiry
from tests.browser.conftest import ROOT
from tests.browser.hands import PANEL, Hand, Keys, Mouse
from tests.browser.lab import SETTLED, Lab, write_notebook

# every run takes each hand and each application once; INQUIRYLAB_SOAK=1 takes the other two pairs too
pytestmark = pytest.mark.slow
rarely = pytest.mark.skipif(not os.environ.get("INQUIRYLAB_SOAK"), reason="INQUIRYLAB_SOAK is not set")
PAIRS = [("jupyterlab", Mouse), ("notebook", Keys)]
OTHER_PAIRS = [pytest.param("notebook", Mouse, marks=rarely), pytest.param("jupyterlab", Keys, marks=rarely)]

P = "problem_definition"
STATEMENT = "Since September, 9 of 30 pupils of year 9 arrive after 8:45 on Mondays; on other days 2 do."
DIMENSIONS = ("situation", "stakeholders", "scope", "system", "significance")
CAUSE, DEEPER = "Families hear of changes late", "The bus was planned for nine"
MONDAY = dt.date(2026, 8, 31)
LEFT = """([panel, n]) => [...document.querySelectorAll(`${panel} .chk > li`)]
  .filter((e) => /has no answer yet/.test(e.textContent)).length === n"""
ON_TIME = (21, 20, 22, 21, 19, 21, 22, 20, 21, 23)


def begin(hand: Hand) -> None:
    """Make an inquiry in the form that 01 shows where there is none, and follow its link."""
    hand.run_all()
    hand.to(hand.notebook.locator("#iq-new-title"))
    hand.page.keyboard.type("Late on Mondays add")  # a, d d: keys that a notebook takes for its own
    hand.page.keyboard.press("Tab")
    hand.page.keyboard.type("Northern School")
    hand.page.keyboard.press("Enter")
    link = hand.notebook.get_by_role("link", name="01_problem_definition.ipynb")
    link.wait_for()
    hand.page = hand.follow(link, "01_problem_definition.ipynb")
    if isinstance(hand, Mouse) and hand.app == "jupyterlab":  # the other notebooks are opened from the list of files
        hand.page.locator(".jp-DirListing-item", has_text="late_on_mondays").dblclick()
        hand.page.locator(".jp-DirListing-item", has_text="03_measure").wait_for()
    hand.page.evaluate(SETTLED)


def define_the_problem(hand: Hand) -> None:
    """Answer all that the problem definition asks for."""
    hand.run_all()
    hand.field(f"{P}.statement").wait_for()
    hand.page.evaluate(SETTLED)
    hand.write(f"{P}.statement", STATEMENT)
    hand.saved()
    hand.page.keyboard.press("Enter")  # the field is still there, and Enter begins a line in it
    hand.page.keyboard.type("Nobody knows why.")
    for word in DIMENSIONS:
        dimension = hand.notebook.locator(f"#iq-dim-{word}")
        if dimension.get_attribute("aria-expanded") == "false":
            hand.use(dimension)
        hand.write(f"{P}.{word}.answer", f"What we know of its {word}.")
    for kind, what in (("Interview", "Three pupils of year 9"), ("Administrative", "The register since September")):
        hand.press("Add evidence")
        hand.field(f"{P}.evidence.*.what").wait_for()
        hand.choose(f"{P}.evidence.*.kind", kind)
        hand.write(f"{P}.evidence.*.what", what)
        hand.press("Done", hand.notebook.locator(".edit"), exact=True)
    hand.press("Add a voice")
    hand.write(f"{P}.missing_voices.*.who", "Families who work at night")
    hand.write(f"{P}.missing_voices.*.plan", "A call by their tutor")
    hand.date(f"{P}.missing_voices.*.date", "12042026")
    hand.press("Done", hand.notebook.locator(".edit"), exact=True)
    hand.press("Add an assumption")
    hand.write(f"{P}.assumptions.*.text", "They oversleep")
    hand.press("Done", hand.notebook.locator(".edit"), exact=True)
    hand.press("Reframe", hand.notebook.locator(".asm"))
    hand.write(f"{P}.assets", "The bus driver knows them all")
    hand.write(f"{P}.equity_stance", "Nobody loses a lesson for where they live.")
    hand.to(hand.notebook.get_by_label("Keep what stands as version 1"))
    hand.page.keyboard.type("Our first version")
    hand.page.keyboard.press("Enter")  # Enter sends a form
    hand.notebook.get_by_role("button", name="Compare 1 with now").wait_for()


def find_causes(hand: Hand) -> None:
    """Draw a fishbone, ask why, and take one cause of each into the driver diagram."""
    keys = hand.page.keyboard
    hand.press("Begin with six families")
    hand.press("Add a cause to Policies")
    keys.type(CAUSE)
    keys.press("Enter")
    keys.press("Tab")
    keys.type("Letters go by post")
    hand.press(f"Make it a driver: {CAUSE}")
    hand.press("Add a chain")
    for words in ("Nine arrive late", "The bus comes at 8:50", DEEPER):
        keys.type(words)
        keys.press("Enter")
    keys.press("Escape")
    hand.press(f"Make it a driver: {DEEPER}")
    hand.notebook.locator(".tag", has_text=DEEPER).wait_for()
    hand.saved()


def build_the_theory(hand: Hand) -> None:
    """Say the aim, define the drivers, find a change idea, and connect it with both."""
    hand.open("02_driver_diagram.ipynb")
    keys = hand.page.keyboard
    hand.run_all()
    hand.notebook.locator("[data-row]", has_text=DEEPER).wait_for()
    hand.page.evaluate(SETTLED)
    hand.rename("Aim")
    for words in ("Pupils arrive on time on Mondays", "year 9", "70", "90"):
        keys.type(words)
        keys.press("Tab")
    keys.type("07092027")
    keys.press("Enter")
    for driver in (CAUSE, DEEPER):
        hand.row(driver)
        hand.write("driver_diagram.drivers.*.definition", f"Defined: {driver}.")
        hand.press("Link to", hand.notebook.locator(".panel li"))
        hand.write("driver_diagram.edges.*.because", f"Because of this: {driver}.")
    hand.row(CAUSE)
    hand.press("Add a change idea", hand.notebook.locator(".panel"))
    keys.type("A call on Sunday")
    keys.press("Enter")
    hand.write("change_ideas.*.hypothesis", "If a tutor calls on Sunday, more will come on time.")
    hand.write("change_ideas.*.harm_check", "Families without a telephone.")
    hand.press("Link to…", hand.notebook.locator(".panel"))
    keys.type("bus")
    hand.notebook.locator(".linkbox [role=option]", has_text=DEEPER).wait_for()
    keys.press("Enter")
    keys.press("Escape")
    hand.saved()


def measure(hand: Hand, folder: Path) -> None:
    """Define one measure, with its numbers from a file that is chosen, or typed into the grid."""
    hand.open("03_measure.ipynb")
    keys = hand.page.keyboard
    hand.run_all()
    hand.press("Define a measure")
    hand.write("measures.*.name", "On time on Mondays")
    hand.choose("measures.*.family", "Outcome")
    hand.write("measures.*.construct", "Whether pupils are there when the lesson begins.")
    hand.choose("measures.*.kind", "Proportion")
    hand.write("measures.*.population", "All pupils of year 9.")
    weeks = [MONDAY + dt.timedelta(weeks=i) for i in range(len(ON_TIME))]
    if isinstance(hand, Keys):
        hand.write("measures.*.numerator", "on time")
        hand.write("measures.*.denominator", "enrolled")
        hand.to(hand.notebook.locator("[data-cell='0:0']"))
        for i, (week, n) in enumerate(zip(weeks, ON_TIME, strict=True)):
            for words in (str(week), str(n), "30"):
                keys.type(words)
                keys.press("Tab" if words != "30" else "Enter")
            hand.page.wait_for_function("(c) => document.activeElement.dataset.cell === c", arg=f"{i + 1}:0")
    else:
        file = folder / "mondays.csv"
        rows = "".join(f"{week},{n},30\n" for week, n in zip(weeks, ON_TIME, strict=True))
        file.write_text(f"week,on time,enrolled\n{rows}")
        hand.press("A data file")
        with hand.page.expect_file_chooser() as asked:
            hand.notebook.locator(".drop label").click()
        asked.value.set_files(file)
        hand.press("Read the file so")
        hand.write("measures.*.numerator", "on time")
        hand.write("measures.*.denominator", "enrolled")
    hand.choose("measures.*.direction", "Higher")
    hand.use(hand.notebook.locator("summary", has_text="How it is collected"))
    hand.choose("measures.*.frequency", "Every week")
    hand.write("measures.*.instrument", "The register")
    hand.write("measures.*.disaggregate_by", "bus")
    hand.notebook.locator(".chart h2").wait_for()
    hand.saved()


def run_a_cycle(hand: Hand) -> None:
    """Plan, do, study and act: eight answers, a prediction that locks, a result beside it, a decision."""
    hand.open("05_pdsa_cycle.ipynb")
    keys = hand.page.keyboard
    hand.run_all()
    hand.press("New cycle")
    hand.pick("pdsa_cycles.*.change", "A call")
    hand.write("pdsa_cycles.*.question", "Do more pupils come on time?")
    hand.write("pdsa_cycles.*.prediction", "At least 24 of 30")
    hand.write("pdsa_cycles.*.plan.what", "The tutor calls nine families on Sunday evening.")
    hand.write("pdsa_cycles.*.data.*.what", "Arrivals on Monday")
    hand.saved()
    hand.to(hand.notebook.get_by_label("What happened: add a line"))
    keys.type("Eight families could be reached.")
    keys.press("Enter")
    hand.notebook.locator(".locked").wait_for()
    hand.press("Say what came out")
    hand.write("pdsa_cycles.*.value", "25")
    hand.choose("pdsa_cycles.*.matched", "Yes")
    hand.write("pdsa_cycles.*.learned", "A call is enough for most.")
    hand.choose("pdsa_cycles.*.act", "Adapt")
    hand.write("pdsa_cycles.*.reason", "One family has no telephone.")
    hand.press("Only share")
    hand.notebook.locator(".state", has_text="8 of 8 needed answers").wait_for()
    hand.saved()


def look_at_progress(hand: Hand) -> None:
    """Answer on the page of progress what is still open, until nothing that was asked is; a finding opens its notebook."""
    hand.open("06_progress.ipynb")
    hand.run_all()
    hand.notebook.locator(".thread li").first.wait_for()
    hand.page.evaluate(SETTLED)
    asked = hand.notebook.locator(".chk > li", has_text="has no answer yet")
    measured = asked.filter(has_text="Measured by what?")
    hand.use(measured.get_by_role("button").first)
    hand.pick("aim.measure", "On time")
    hand.press("Done", measured)
    measured.wait_for(state="detached")
    for left in range(asked.count(), 0, -1):  # why the idea would move each of the two drivers
        hand.press("Answer", asked.first)
        hand.write("driver_diagram.edges.*.because", f"Families plan on Sunday evening, {left}.")
        hand.saved()  # the field stays where it is until its writer is done
        hand.press("Done", asked.first)
        hand.page.wait_for_function(LEFT, arg=[PANEL, left - 1])
    hand.saved()
    assert "Nothing waits" in hand.notebook.locator("section[aria-label='Next step']").inner_text()
    link = hand.notebook.get_by_role("link", name="03_measure.ipynb").first
    followed = hand.follow(link, "03_measure.ipynb")
    if followed != hand.page:
        followed.close()


def tell_the_story(hand: Hand) -> None:
    """Run the report: the team's own words stand in it."""
    hand.open("07_report.ipynb")
    hand.run_all()
    hand.page.evaluate(SETTLED)
    told = hand.notebook
    for words in (STATEMENT, CAUSE, DEEPER, "A call on Sunday", "On time on Mondays", "A call is enough for most."):
        told.get_by_text(words).first.wait_for(state="attached")


def first_inquiry(folder: Path) -> Path:
    """Put the first notebook where no inquiry is yet, as somebody does who begins."""
    folder.mkdir()
    return Path(shutil.copy(ROOT / "notebooks" / "templates" / "01_problem_definition.ipynb", folder / "start.ipynb"))


def complete(inq: Inquiry) -> None:
    """Say that nothing is open that was asked, and that what was typed is what stands."""
    record = inq.record
    assert [f.message for f in inq.findings() if f.id == "RQ01" or f.severity == "error"] == []
    assert (inq.next_steps(), inq.conflicts()) == ([], [])
    assert record.problem_definition.statement == f"{STATEMENT}\nNobody knows why."
    assert [getattr(record.problem_definition, d).answer for d in DIMENSIONS] == [
        f"What we know of its {d}." for d in DIMENSIONS
    ]
    assert {e.kind for e in record.problem_definition.evidence} == {"interview", "admin_data"}
    assert [d.label for d in record.driver_diagram.drivers] == [CAUSE, DEEPER]
    assert [c.text for c in record.causes.fishbone] == [CAUSE, "Letters go by post"]
    (idea,), (one,), (cycle,) = record.change_ideas, record.measures, record.pdsa_cycles
    assert (idea.name, len(idea.drivers)) == ("A call on Sunday", 2)
    assert (record.aim.target, str(record.aim.by_when), record.aim.measure) == (90, "2027-07-09", one.id)
    whole = inq.measured(one.id).whole
    assert whole is not None and [len(s.y) for s in whole.series.values()] == [len(ON_TIME)]
    assert (cycle.act, cycle.results[0].value, cycle.change) == ("adapt", 25, idea.id)
    assert cycle.questions[0].locked_at and cycle.questions[0].prediction == "At least 24 of 30"


@pytest.mark.parametrize(("app", "hand"), [*PAIRS, *OTHER_PAIRS])
def test_a_new_team_goes_from_nothing_to_a_complete_inquiry(
    app: str, hand: type[Hand], labs: Callable[..., Lab], contexts: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    first_inquiry(folder)
    page = labs(folder, app=app).open(contexts(), "start.ipynb", run=False)
    somebody = hand(page, app)
    began = len(nbformat.read(ROOT / "notebooks" / "templates" / "01_problem_definition.ipynb", 4).cells)
    begin(somebody)
    define_the_problem(somebody)
    find_causes(somebody)
    assert somebody.notebook.locator(".jp-Cell").count() == began  # no key came to the notebook: no cell came or went
    build_the_theory(somebody)
    measure(somebody, tmp_path)
    run_a_cycle(somebody)
    look_at_progress(somebody)
    with inquirylab.open(folder / "late_on_mondays_add", author="eve") as inq:
        complete(inq)
    tell_the_story(somebody)


def test_two_browsers_on_one_server_show_both_edits_within_a_second_and_lose_nothing(
    labs: Callable[..., Lab], contexts: Callable[..., Any], tmp_path: Path, record_property: Callable[[str, Any], None]
) -> None:
    folder = tmp_path / "work"
    inquirylab.create(folder / "inquiry", title="Late on Mondays", author="ana").close()
    names = ("ana", "ben")
    for name in names:
        code = f"import inquirylab\ninquirylab.open('inquiry', author='{name}').problem_definition()"
        write_notebook(folder / f"{name}.ipynb", code)
    lab = labs(folder)
    pages = [lab.open(contexts(), f"{name}.ipynb") for name in names]
    field = f"[data-path='{P}.boundary.{{}}'] .ctl"
    for page in pages:
        page.locator(field.format("inside")).wait_for()
    seen = []
    for turn in range(3):
        words = {"inside": f"Six courses {turn}", "outside": f"Year 13 {turn}"}
        for page, (word, text) in zip(pages, words.items(), strict=True):
            page.locator(field.format(word)).fill("")
            page.locator(field.format(word)).click()
            page.keyboard.type(text)
        began = time.monotonic()  # from the last key
        for page in pages:
            for word, text in words.items():
                place = [field.format(word), text]
                page.wait_for_function("([s, t]) => document.querySelector(s).value === t", arg=place, polling=20)
        seen.append(time.monotonic() - began)
    record_property("both_edits_shown_seconds", [round(s, 2) for s in seen])
    print(f"both edits on both pages after {', '.join(f'{s:.2f}' for s in seen)} s, from the last key")
    for page in pages:
        Mouse(page).saved()
    with inquirylab.open(folder / "inquiry", author="eve") as eve:
        bounds = eve.record.problem_definition.boundary
        assert (bounds.inside, bounds.outside, eve.conflicts()) == ("Six courses 2", "Year 13 2", [])
