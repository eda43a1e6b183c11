"""A site of a network sees the hub's theory, stands for its drivers, and never writes to it or misses it as an error."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import inquirylab
from inquirylab.errors import RecordError


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[inquirylab.Inquiry]:
    """A hub with an aim, two primary drivers, one secondary, and a change idea."""
    with inquirylab.create(tmp_path / "hub", title="On-time network", author="Hub") as made:
        made.set("aim.what", "Late arrivals halved")
        ids = [
            made.add("driver_diagram.drivers", {"label": label, "level": level})
            for label, level in (("Mornings at home", 1), ("The way to school", 1), ("Calls on Sunday", 2))
        ]
        for cause, effect in ((ids[0], "aim"), (ids[1], "aim"), (ids[2], ids[0])):
            made.add(
                "driver_diagram.edges", {"cause": cause, "effect": effect, "because": "b", "evidence": "local_data"}
            )
        made.add("change_ideas", {"name": "A text message", "drivers": [ids[2]]})
        yield made


@pytest.fixture
def site(tmp_path: Path, hub: inquirylab.Inquiry) -> Iterator[inquirylab.Inquiry]:
    with inquirylab.create(tmp_path / "site", title="Elm", author="Ana", network=hub.folder.path) as made:
        yield made


def ids_of(inquiry: inquirylab.Inquiry) -> dict[str, str]:
    return {d.label or "": d.id or "" for d in inquiry.record.driver_diagram.drivers}


def labels(inquiry: inquirylab.Inquiry) -> dict[str, tuple[str, str]]:
    merged = inquiry.network_diagram()
    assert merged is not None
    return {n.label: (n.scope, n.state) for n in merged.nodes.values()}


def test_the_hubs_theory_is_a_layer_that_can_be_read(hub: inquirylab.Inquiry, site: inquirylab.Inquiry) -> None:
    assert labels(site) == {
        "Late arrivals halved": ("network", ""), "Mornings at home": ("network", ""), "The way to school": ("network", ""),
        "Calls on Sunday": ("network", ""), "A text message": ("network", ""),
    }  # fmt: skip
    merged = site.network_diagram()
    assert merged is not None and all(merged.graph.reaches(n) for n in merged.nodes)
    assert site.record.driver_diagram.drivers == () and site.network().title == "On-time network"  # type: ignore[union-attr]


def test_a_sites_driver_stands_for_one_of_the_hubs_and_its_own_hang_below(
    hub: inquirylab.Inquiry, site: inquirylab.Inquiry
) -> None:
    theirs = ids_of(hub)
    here = site.take_up(theirs["Mornings at home"], label="Mornings at Elm")
    site.take_up(theirs["The way to school"], state="not_here")
    own = site.add("driver_diagram.drivers", {"label": "Breakfast at school", "level": 2})
    site.add("driver_diagram.edges", {"cause": own, "effect": here, "because": "b", "evidence": "experience"})
    idea = site.add("change_ideas", {"name": "Open at seven", "drivers": [own]})
    assert labels(site) == {
        "Late arrivals halved": ("network", ""), "Mornings at Elm": ("both", "focus"),
        "The way to school": ("both", "not_here"), "Calls on Sunday": ("network", ""), "A text message": ("network", ""),
        "Breakfast at school": ("site", ""), "Open at seven": ("site", ""),
    }  # fmt: skip
    merged = site.network_diagram()
    assert merged is not None and merged.graph.reaches(idea)
    assert set(merged.graph.causes[here]) == {own, f"hub:{theirs['Calls on Sunday']}"}
    assert merged.graph.circle() == []


def test_what_the_hub_changes_is_seen_and_nothing_is_written_there(
    hub: inquirylab.Inquiry, site: inquirylab.Inquiry
) -> None:
    before = {p.name: p.stat().st_size for p in (hub.folder.path / "record").iterdir()}
    assert "Mornings at home" in labels(site)
    after = {p.name: p.stat().st_size for p in (hub.folder.path / "record").iterdir()}
    assert after == before
    hub.set(f"driver_diagram.drivers.{ids_of(hub)['Mornings at home']}.label", "Mornings")
    assert "Mornings" in labels(site) and "Mornings at home" not in labels(site)


def test_exports_show_both_theories(hub: inquirylab.Inquiry, site: inquirylab.Inquiry) -> None:
    site.take_up(ids_of(hub)["Mornings at home"])
    text = site.as_markdown()
    assert "## The network's theory" in text and "Read only here" in text
    assert "  - Mornings at home (the network's and ours; working on it)\n    - Calls on Sunday (the network's)" in text
    theory = json.loads(site.as_json())["network"]["theory"]
    assert [n["scope"] for n in theory if n["label"] == "Mornings at home"] == ["both"]
    site.write_derived()
    assert "The network's theory" in (site.folder.path / "record.md").read_text(encoding="utf-8")


def test_an_export_with_the_networks_theory_is_merged_without_it(
    tmp_path: Path, hub: inquirylab.Inquiry, site: inquirylab.Inquiry
) -> None:
    site.take_up(ids_of(hub)["Mornings at home"])
    (tmp_path / "out.json").write_text(site.as_json(), encoding="utf-8")
    with inquirylab.create(tmp_path / "other", author="Ben") as other:
        other.import_(tmp_path / "out.json")
        assert [d.label for d in other.record.driver_diagram.drivers] == ["Mornings at home"]


def test_a_hub_that_is_missing_or_damaged_is_one_sentence(hub: inquirylab.Inquiry, site: inquirylab.Inquiry) -> None:
    shutil.move(hub.folder.path, hub.folder.path.with_name("elsewhere"))
    network = site.network()
    assert network is not None and network.record is None and network.problem.count("\n") == 0
    assert "This is not the folder of an inquiry" in network.problem and "no such folder" in network.problem
    assert site.network_diagram() is None
    assert [f.id for f in site.findings() if f.id.startswith("NW")] == ["NW01"]
    assert "The network's inquiry cannot be read" in site.as_markdown() and site.known()
    shutil.move(hub.folder.path.with_name("elsewhere"), hub.folder.path)
    assert "Mornings at home" in labels(site)
    (hub.folder.path / "inquiry.toml").write_text("id =", encoding="utf-8")
    assert "damaged" in site.network().problem  # type: ignore[union-attr]


def test_an_inquiry_is_not_its_own_network(site: inquirylab.Inquiry) -> None:
    file = site.folder.path / "inquiry.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"../hub"', '"."'), encoding="utf-8")
    with inquirylab.open(site.folder.path, author="Ana") as again:
        assert "not its own network" in again.network().problem  # type: ignore[union-attr]


def test_findings_say_what_stands_for_nothing_and_what_is_not_answered(
    hub: inquirylab.Inquiry, site: inquirylab.Inquiry
) -> None:
    def found() -> dict[str, str]:
        return {f.id: str(f) for f in site.findings() if f.id.startswith(("NW", "DD03", "DD04"))}

    assert "says nothing of “Mornings at home”, “The way to school”, “Calls on Sunday”" in found()["NW04"]
    theirs = ids_of(hub)
    for label in theirs:
        site.take_up(theirs[label])
    assert found() == {}  # standing for the hub's, none is an orphan
    site.add("driver_diagram.drivers", {"label": "Calls", "level": 2, "owner_scope": "hub"})
    assert "not which of its drivers" in found()["NW03"]
    hub.remove(f"driver_diagram.drivers.{theirs['Calls on Sunday']}")
    assert "“Calls on Sunday” stands for a driver that the network does not have" in found()["NW02"]


def test_only_the_networks_drivers_can_be_taken_up(hub: inquirylab.Inquiry, site: inquirylab.Inquiry) -> None:
    with pytest.raises(RecordError, match="The network has no driver 'nothing'"):
        site.take_up("nothing")
    with pytest.raises(RecordError, match="no driver"):
        hub.take_up(ids_of(hub)["Calls on Sunday"])


def test_without_a_network_nothing_is_said_of_one(hub: inquirylab.Inquiry) -> None:
    assert hub.network() is None and hub.network_diagram() is None
    assert "network" not in json.loads(hub.as_json()) and "The network's theory" not in hub.as_markdown()


@pytest.mark.parametrize("there", [False, True])
def test_a_network_that_is_no_inquiry_is_refused_before_anything_is_written(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "nohub").mkdir()
    found = "no inquiry.toml in it" if there else "no such folder"
    with pytest.raises(RecordError, match=f"holds no inquiry that can be read .*nohub.*{found}"):
        inquirylab.create(tmp_path / "site", network=tmp_path / "nohub")
    assert not (tmp_path / "site").exists()
