"""The driver diagram as people use it: by mouse, by keys alone, together with others, at every width and in every colour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

import inquirylab
from inquirylab.publish.exporter import InquiryExporter
from tests.browser.accessibility import violations
from tests.browser.bench import Bench
from tests.browser.lab import Lab, says, write_notebook
from tests.browser.theories import invented

HOSTILE = '<script>alert(1)</script> </textarea> ‮right to left‬ 😀 & "quotes" ]] --> %% #quot;'
Open = Callable[[Any], Bench]


@pytest.fixture
def inq(tmp_path: Path) -> Any:
    with inquirylab.create(tmp_path / "inquiry", title="Work on time", author="ana") as inquiry:
        yield inquiry


@pytest.fixture
def team(tmp_path: Path) -> Any:
    with invented(tmp_path / "team") as inquiry:
        yield inquiry


def node(page: Any, words: str) -> Any:
    return page.locator(".dia .node", has_text=words)


def row(page: Any, words: str) -> Any:
    return page.locator("[role=treeitem]", has_text=words).first


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.innerText"))


def chosen(page: Any, words: str) -> None:
    """Wait until the panel shows a node: it follows the choice a moment later."""
    page.locator(".panel h2", has_text=words).wait_for()


def labels(inq: Any, level: int) -> list[str]:
    return [d.label for d in inq.record.driver_diagram.drivers if d.level == level]


def links(inq: Any) -> set[tuple[str, str]]:
    names = {d.id: d.label for d in inq.record.driver_diagram.drivers} | {i.id: i.name for i in inq.record.change_ideas}
    names["aim"] = "aim"
    return {(names.get(e.cause, "?"), names.get(e.effect, "?")) for e in inq.record.driver_diagram.edges}


def test_no_barriers_while_editing_linking_comparing_and_saving(bench: Open, team: Any) -> None:
    page = bench(team.driver_diagram()).page
    for keys in ("Enter", "l"):
        node(page, "Asking costs nothing").click()
        page.keyboard.press(keys)
        page.wait_for_selector(".inplace, .linkbox")
        assert violations(page) == []
        page.keyboard.press("Escape")
    node(page, "80 of 100").dblclick()
    page.wait_for_selector(".aimparts")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save a version").click()
    page.get_by_role("button", name="Compare with").click()
    page.wait_for_selector(".cmp .d-added")
    assert violations(page) == []


def test_a_theory_grows_from_nothing_by_keys_alone(bench: Open, inq: Any) -> None:
    shown = bench(inq.driver_diagram())
    page = shown.page
    page.keyboard.press("Tab")
    while "Write the aim" not in focused(page):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for words in ("Work arrives on time", "new students", "62", "80"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.dataset.node === 'aim'")
    page.keyboard.press("n")
    page.keyboard.type("Tasks are clear")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+N")
    page.keyboard.type("Feedback comes early")
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    page.keyboard.type("A first check in three days")
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    page.keyboard.type("Two-minute check-in")
    page.keyboard.press("Enter")
    shown.saved()
    assert (inq.get("aim.what"), inq.get("aim.for_whom"), inq.get("aim.baseline"), inq.get("aim.target")) == (
        "Work arrives on time", "new students", 62, 80,
    )  # fmt: skip
    assert labels(inq, 1) == ["Tasks are clear", "Feedback comes early"]
    assert labels(inq, 2) == ["A first check in three days"]
    assert [i.name for i in inq.record.change_ideas] == ["Two-minute check-in"]
    assert links(inq) == {
        ("Tasks are clear", "aim"),
        ("Feedback comes early", "aim"),
        ("A first check in three days", "Feedback comes early"),
        ("Two-minute check-in", "A first check in three days"),
    }
    assert inq.record.change_ideas[0].drivers == (inq.record.driver_diagram.edges[-1].effect,)


@pytest.mark.parametrize("where", ["tree", "diagram"])
def test_every_key_does_the_same_in_tree_and_diagram(bench: Open, team: Any, where: str) -> None:
    shown = bench(team.driver_diagram())
    page = shown.page
    place = row if where == "tree" else node
    press = page.keyboard.press
    place(page, "Asking costs nothing").click()
    place(page, "Asking costs nothing").focus()
    press("w")
    shown.saved()
    asking = next(d.id for d in team.record.driver_diagram.drivers if d.label == "Asking costs nothing")
    assert [e.strength for e in team.record.driver_diagram.edges if e.cause == asking] == ["weak", "weak"]
    press("Control+z")
    shown.saved()
    assert [e.strength for e in team.record.driver_diagram.edges if e.cause == asking] == [None, "weak"]
    press("Control+Shift+z")
    shown.saved()
    assert [e.strength for e in team.record.driver_diagram.edges if e.cause == asking] == ["weak", "weak"]
    press("Alt+ArrowDown")
    shown.saved()
    assert labels(team, 2)[2:4] == ["A first check happens within three days", "Asking costs nothing"]
    press("F2")
    page.keyboard.type("Asking is easy")
    press("Escape")
    press("l")
    page.keyboard.type("time and a place")
    press("Enter")
    press("Escape")
    shown.saved()
    assert ("Asking costs nothing", "There is time and a place for the work") in links(team)
    press("Delete")
    shown.saved()
    assert "Asking costs nothing" not in labels(team, 2)
    assert "Removed “Asking costs nothing”; 1 that led to it is no longer linked" in page.inner_text(".state")
    assert "Deadlines are spread" in focused(page)
    press("Control+z")
    shown.saved()
    assert "Asking costs nothing" in labels(team, 2)
    assert ("Asking costs nothing", "There is time and a place for the work") in links(team)


def test_arrows_follow_the_links_and_the_columns(bench: Open, team: Any) -> None:
    page = bench(team.driver_diagram()).page
    node(page, "Asking costs nothing").focus()
    way = {"ArrowLeft": "Students hear", "ArrowDown": "There is time", "ArrowRight": "Deadlines"}
    for key, words in [*way.items(), ("ArrowRight", "Shared deadline"), ("Home", "One-page"), ("End", "Library hour")]:
        page.keyboard.press(key)
        assert words in focused(page)
    row(page, "Asking costs nothing").focus()
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute(":focus", "aria-expanded") == "false"
    assert page.locator("[role=treeitem]", has_text="Question wall").count() == 0
    assert node(page, "Question wall").count() == 0
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "Question wall" in focused(page)
    page.keyboard.press("Home")
    assert "80 of 100" in focused(page)


def test_alt_left_and_right_change_the_parent_and_the_level(bench: Open, team: Any) -> None:
    shown = bench(team.driver_diagram())
    row(shown.page, "Students see what good work").focus()
    shown.page.keyboard.press("Alt+ArrowRight")
    shown.saved()
    assert labels(team, 3) == ["Students see what good work looks like"]
    assert ("Students see what good work looks like", "Task instructions have one form in all courses") in links(team)
    shown.page.keyboard.press("Alt+ArrowLeft")
    shown.saved()
    assert labels(team, 3) == []
    shown.page.keyboard.press("Alt+ArrowLeft")
    shown.saved()
    assert "Students see what good work looks like" in labels(team, 1)
    shown.page.keyboard.press("Alt+ArrowLeft")
    shown.page.wait_for_function(
        "() => /as near to the aim as it can/.test(document.querySelector('.state').innerText)"
    )


def test_f6_goes_through_the_regions_and_b_to_the_because(bench: Open, team: Any) -> None:
    shown = bench(team.driver_diagram())
    page = shown.page
    page.get_by_role("button", name="Add a Driver", exact=True).focus()
    seen = []
    for _ in range(4):
        page.keyboard.press("F6")
        seen.append(page.evaluate("document.activeElement.closest('[data-region]').dataset.region"))
    assert seen == ["diagram", "tree", "panel", "tools"]
    node(page, "Begin it together").focus()
    page.keyboard.press("b")
    page.wait_for_function("() => document.activeElement.closest(\"[data-path$='.because']\")")
    page.keyboard.type("to begin is the hardest step")
    shown.saved()
    assert "to begin is the hardest step" in [e.because for e in team.record.driver_diagram.edges]


def test_by_mouse_a_node_is_renamed_moved_given_another_parent_and_linked(bench: Open, team: Any) -> None:
    shown = bench(team.driver_diagram())
    page = shown.page
    node(page, "One-page task card").dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("A card of one page")
    page.keyboard.press("Enter")
    shown.saved()
    assert "A card of one page" in [i.name for i in team.record.change_ideas]
    node(page, "Asking costs nothing").drag_to(node(page, "There is time and a place"))
    shown.saved()
    assert ("Asking costs nothing", "There is time and a place for the work") in links(team)
    assert ("Asking costs nothing", "Students hear how they are doing before the deadline") not in links(team)
    order = labels(team, 2)
    node(page, "A quiet place").drag_to(node(page, "Deadlines are spread"), target_position={"x": 40, "y": 4})
    shown.saved()
    assert labels(team, 2) != order
    now = labels(team, 2)
    assert (
        now[now.index("A quiet place with help is open after lessons") + 1]
        == "Deadlines are spread over the whole week"
    )
    check = page.locator("[data-place]", has_text="A first check")
    check.hover()
    check.locator(".grip.left").drag_to(node(page, "Every task is clear"))
    shown.saved()
    assert ("A first check happens within three days", "Every task is clear enough to begin in class") in links(team)


def test_a_link_shows_its_because_and_is_edited_in_the_panel(bench: Open, team: Any) -> None:
    shown = bench(team.driver_diagram())
    page = shown.page
    where = page.evaluate(
        """() => { const p = document.querySelector('.edges .weak .wide'), m = p.getPointAtLength(p.getTotalLength() / 2);
             const b = p.ownerSVGElement.getBoundingClientRect(); return [b.left + m.x, b.top + m.y] }"""
    )
    page.mouse.move(*where)
    assert "because who may ask, begins" in page.inner_text("[role=tooltip]")
    page.keyboard.press("Escape")
    page.mouse.click(*where)
    panel = page.locator(".panel")
    panel.get_by_text("Weak link").wait_for()
    panel.get_by_role("button", name="Make it strong").click()
    shown.saved()
    assert all(e.strength != "weak" for e in team.record.driver_diagram.edges)
    panel.get_by_role("button", name="Remove the link").click()
    shown.saved()
    assert ("Asking costs nothing", "Every task is clear enough to begin in class") not in links(team)
    page.locator(".state").get_by_role("button", name="Undo").click()
    shown.saved()
    assert ("Asking costs nothing", "Every task is clear enough to begin in class") in links(team)


def test_the_panel_holds_the_words_of_the_node_that_is_chosen(bench: Open, team: Any) -> None:
    first, second = labels(team, 1)[:2]
    by_label = {d.label: d.id for d in team.record.driver_diagram.drivers}
    team.set(f"driver_diagram.drivers.{by_label[first]}.definition", "Of the first")
    page = bench(team.driver_diagram()).page
    definition = page.locator(".panel").get_by_label("Definition")
    node(page, first).click()
    chosen(page, first)
    assert definition.input_value() == "Of the first"
    node(page, second).click()
    chosen(page, second)
    definition.fill("Of the second")
    page.wait_for_function("() => document.body.innerText.includes('Saved')")
    node(page, first).click()
    chosen(page, first)
    assert definition.input_value() == "Of the first"
    said = {d.label: d.definition for d in team.record.driver_diagram.drivers}
    assert (said[first], said[second]) == ("Of the first", "Of the second")


def test_a_measure_is_attached_and_a_cycle_planned(bench: Open, team: Any) -> None:
    shown = bench(team.driver_diagram())
    page = shown.page
    node(page, "Asking costs nothing").click()
    assert "no measure yet" in node(page, "Asking costs nothing").inner_text()
    chosen(page, "Asking costs nothing")
    page.get_by_text("Attach a measure").click()
    page.get_by_label("Name of a new measure").fill("Questions asked")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('.node.sel').innerText.includes('no measure yet')")
    assert [m.name for m in team.record.measures][-1] == "Questions asked"
    node(page, "Question wall").click()
    chosen(page, "Question wall without names")
    page.get_by_role("button", name="Plan a cycle").click()
    page.wait_for_function("() => document.querySelector('.node.sel').innerText.includes('planned')")
    assert team.record.pdsa_cycles[-1].change == next(i.id for i in team.record.change_ideas if "wall" in i.name)


def test_a_version_is_saved_with_its_reason_and_compared(bench: Open, team: Any) -> None:
    shown = bench(team.driver_diagram())
    page = shown.page
    page.get_by_role("button", name="Save a version").click()
    page.get_by_label("What changed since version 2").fill("The first lesson taught us to begin together.")
    page.get_by_label("Calendar on the wall").check()
    page.get_by_role("button", name="Save version 3").click()
    shown.saved()
    version = team.record.driver_diagram.versions[-1]
    assert (version.reason, len(version.caused_by)) == ("The first lesson taught us to begin together.", 1)
    assert version.snapshot and "Begin it together" in version.snapshot
    page.get_by_label("Version").select_option(label=page.locator("select option").nth(1).inner_text())
    page.get_by_role("button", name="Compare with 2").click()
    page.wait_for_selector(".cmp .d-added")
    assert "Version 2 → version 3, because of Calendar on the wall:" in page.inner_text(".sumline")
    assert "1 added" in page.inner_text(".sumline") and "1 removed" in page.inner_text(".sumline")
    assert "Begin it together" in page.inner_text(".d-added")
    assert "Reminder e-mail" in page.inner_text(".d-removed")
    assert "Deadlines are spread over the week" in page.inner_text(".d-reworded .was")


def test_a_finding_leads_to_its_place(bench: Open, team: Any) -> None:
    page = bench(team.driver_diagram()).page
    page.locator(".fl li", has_text="No measure shows whether “Students hear").get_by_role(
        "button", name="Show"
    ).click()
    chosen(page, "Students hear how they are doing before the deadline")
    assert "No measure shows whether" in page.inner_text(".panel .finding")


def test_another_persons_driver_arrives_and_undo_leaves_it(bench: Open, team: Any) -> None:
    shown = bench(team.driver_diagram())
    page = shown.page
    node(page, "Asking costs nothing").click()
    page.keyboard.press("w")
    shown.saved()
    with inquirylab.open(team.folder.path, author="ben") as ben:
        ben.add("driver_diagram.drivers", {"label": "Ben's driver", "level": 1})
        page.wait_for_function("() => document.querySelector('.dia').innerText.includes(\"Ben's driver\")")
        assert "Not linked to the aim yet" in page.inner_text(".tree")
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        shown.saved()
        assert "Ben's driver" in labels(team, 1)
        assert "Nothing of yours to undo." in page.inner_text(".state")


def test_two_names_given_at_once_stand_side_by_side_until_a_click(bench: Open, team: Any) -> None:
    asking = next(d.id for d in team.record.driver_diagram.drivers if d.label == "Asking costs nothing")
    with inquirylab.open(team.folder.path, author="ben") as ben:
        ben.get("aim.what")
        team.set(f"driver_diagram.drivers.{asking}.label", "Asking is easy", base="Asking costs nothing")
        ben.set(f"driver_diagram.drivers.{asking}.label", "Asking is welcome", base="Asking costs nothing")
    page = bench(team.driver_diagram()).page
    node(page, "Asking is").click()
    page.wait_for_selector(".panel .conflict")
    assert violations(page) == []
    page.get_by_role("button", name="Use ben’s").click()
    page.wait_for_selector(".conflict", state="detached")
    assert "Asking is welcome" in labels(team, 2) and team.conflicts() == []


def test_the_diagram_is_downloaded_in_every_form(bench: Open, team: Any) -> None:
    page = bench(team.driver_diagram()).page
    begins = {
        "Drawing (SVG)": b"<svg",
        "Picture (PNG)": b"\x89PNG",
        "Mermaid": b"flowchart",
        "Table (CSV)": b"\xef\xbb\xbfLevel",
    }
    for name, start in begins.items():
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as got:
            page.get_by_role("button", name=name).click()
        assert Path(got.value.path()).read_bytes().startswith(start)
        page.wait_for_selector(".menu", state="detached")


def test_hostile_text_is_text(bench: Open, inq: Any) -> None:
    inq.set("aim.what", HOSTILE)
    driver = inq.add("driver_diagram.drivers", {"label": HOSTILE, "level": 1, "definition": HOSTILE})
    inq.add("driver_diagram.edges", {"cause": driver, "effect": "aim", "because": HOSTILE})
    inq.add("change_ideas", {"name": "long " * 20_000, "drivers": [driver]})
    shown = bench(inq.driver_diagram())
    node(shown.page, "<script>").first.click()
    assert shown.page.locator("script").count() == 0
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.said == []


@pytest.mark.parametrize("bench", [(375, "light")], indirect=True)
def test_on_a_phone_the_tree_alone_holds_and_edits_the_theory(bench: Open, team: Any) -> None:
    shown = bench(team.driver_diagram())
    page = shown.page
    assert page.locator(".dia .node").first.is_hidden()
    assert "The diagram needs 600 px" in page.inner_text(".dia")
    row(page, "Asking costs nothing").click()
    page.get_by_role("button", name="Add a Change idea", exact=True).click()
    page.keyboard.type("A sign on the door")
    page.keyboard.press("Enter")
    shown.saved()
    assert ("A sign on the door", "Asking costs nothing") in links(team)


def test_forced_colours_keep_nodes_lines_and_selection(bench: Open, team: Any) -> None:
    shown = bench(team.driver_diagram())
    shown.page.emulate_media(forced_colors="active")
    node(shown.page, "Asking costs nothing").click()
    assert violations(shown.page) == []
    assert shown.page.evaluate("getComputedStyle(document.querySelector('.node.sel')).outlineStyle") == "solid"


@pytest.mark.parametrize("visit", [(375, "light")], indirect=True)
def test_what_it_leaves_in_a_notebook_is_read_on_a_telephone(visit: Any, team: Any, tmp_path: Path) -> None:
    left, _ = team.driver_diagram()._repr_mimebundle_()
    outputs = [new_output("display_data", {"text/html": left["text/html"]})]
    page, _ = InquiryExporter().from_notebook_node(new_notebook(cells=[new_code_cell("", outputs=outputs)]), {})
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    shown = visit.open(tmp_path / "page.html")
    shown.click("summary >> text=The same as a table")
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.locator(".theory figure svg").bounding_box()["width"] >= 700, (
        "large enough to be read, in a frame that is pushed"
    )
    assert visit.violations() == [] and visit.outside == []


@pytest.mark.slow
def test_in_a_real_lab_a_driver_is_added_by_keys(
    labs: Callable[..., Lab], contexts: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    invented(folder / "team").close()
    write_notebook(folder / "drivers.ipynb", "import inquirylab\ninq = inquirylab.open('team')\ninq.driver_diagram()")
    page = labs(folder).open(contexts(), "drivers.ipynb")
    page.wait_for_selector(".inquirylab .iq .row")
    row(page, "There is time and a place").click()
    page.keyboard.press("n")
    page.keyboard.type("Lockers are free")
    page.keyboard.press("Enter")
    says(page, r"Saved \d")
    assert "Lockers are free" in focused(page)
    with inquirylab.open(folder / "team", author="ben") as ben:
        assert ("Lockers are free", "There is time and a place for the work") in links(ben)
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save').then(() => null)")
    saved = (folder / "drivers.ipynb").read_text(encoding="utf-8")
    assert "text/html" in saved and "flowchart RL" in saved
