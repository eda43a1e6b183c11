"""Forms are data; records live longer than their words."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from inquirylab.definitions import Form, form_ids, load_form, parse_form
from inquirylab.definitions.wording import languages, load_words, roots_in_words, untranslated, worded
from inquirylab.errors import DefinitionError
from inquirylab.record.paths import Roots

ROOT = Path(__file__).parents[2]
FORMS = [load_form(i) for i in form_ids()]
FILES = ROOT / "src" / "inquirylab" / "definitions" / "forms"

# The fields of every artefact, as the field of school improvement describes them: artefact -> paths in our forms.
# A phase ends where the next one begins, so it has a start and no end; the freeze of k points is `baseline.points`, of the
# series' beginning: a later phase has lines of its own from all of its points. A point is left out of the measure, so of
# any phase.
FIELDS = {
    "problem_definition": """statement situation.answer situation.evidence situation.confidence stakeholders.answer scope.answer
        system.answer significance.answer affected.group affected.n affected.how named_by missing_voices.who missing_voices.why_absent
        missing_voices.plan missing_voices.date evidence.kind evidence.what evidence.date evidence.says evidence.limits
        empathy_interviews.role empathy_interviews.quotes empathy_interviews.needs empathy_interviews.surprise
        empathy_interviews.consent positionality shared_positionality.text assumptions.text assumptions.decision assets
        deficit_response equity_stance boundary.inside boundary.outside boundary.period versions.reason versions.caused_by""",
    "causes": """effect categories fishbone.text fishbone.category fishbone.parent fishbone.kind fishbone.evidence fishbone.support
        fishbone.influence fishbone.weight fishbone.becomes_driver why_chains.whys.why why_chains.whys.evidence why_chains.branch_of
        process_map.actor process_map.action process_map.decision process_map.time process_map.pain process_map.variant""",
    "aim": """what for_whom where measure baseline baseline_by target direction by_when equity_clause.group equity_clause.gap_now
        equity_clause.gap_wanted equity_clause.reason_for_none inclusive_clause""",
    "driver_diagram": """drivers.label drivers.level drivers.definition drivers.owner drivers.state drivers.system_part
        drivers.owner_scope drivers.overlay_of edges.cause edges.effect edges.because edges.strength edges.evidence edges.tier
        measure_links.node measure_links.measure versions.reason versions.caused_by versions.based_on versions.snapshot""",
    "change_idea": """name description kind drivers hypothesis warrant.tested warrant.where warrant.result warrant.tier warrant.like_us
        benefit effort proposer origin core adaptable harm_check state""",
    "pdsa_cycle": """series cycle_no purpose change driver scale scale_people scale_contexts questions.question questions.prediction
        questions.predicted_value questions.predicted_low questions.predicted_high questions.confidence questions.locked_at plan.what
        plan.who plan.where plan.when_start plan.when_end data.measure data.what data.who data.when data.how data.form do_log.at
        do_log.observation do_log.kind as_planned results.question results.result results.matched results.surprise results.voice learned
        act reason next_plan next_scale theory_effect theory_node clone_of artefacts.file minutes_spent chart_annotation.date
        chart_annotation.text""",
    "lesson_study": """theme actual_vs_ideal theory_of_action topic grade subject standards background.sources background.misconceptions
        background.trajectory background.student_data kyozai.question kyozai.answer rationale unit_goals unit_plan.goal unit_plan.task
        unit_plan.is_research_lesson lesson_goal lesson_rows.minutes lesson_rows.phase lesson_rows.activity lesson_rows.key_question
        lesson_rows.anticipated.response lesson_rows.anticipated.likelihood lesson_rows.support lesson_rows.notice lesson_rows.materials
        data_questions.question data_questions.evidence_wanted data_questions.focal_seats data_questions.observers board_plan
        board_actual roles.instructor roles.chair roles.recorder roles.timekeeper roles.commentator roles.observers events.kind
        events.date events.planned events.actual discussion.speaker_role discussion.kind discussion.text discussion.evidence
        discussion.answers commentary.role commentary.main_points commentary.implications commentary.reason_for_none revisions.row
        revisions.before revisions.after revisions.because reteach learning.subject learning.student_thinking learning.teaching
        learning.habits learning.adults learning.next_question learning.share drivers pdsa""",
    "measure": """name family construct node kind population include exclude numerator denominator unit direction goal.value goal.by_when
        baseline.points baseline.until instrument source collector frequency lag_days sampling disaggregate_by min_n
        practical_check.in_the_flow practical_check.fast practical_check.sensitive practical_check.actionable
        practical_check.tied_to_theory practical_check.safe definition_version changed_on break_series phases.start phases.answers
        phases.label phases.reason phases.recalculate excluded.date excluded.reason
        annotations.date annotations.kind annotations.text annotations.ref""",
    "measure_row": "date site group numerator denominator value n note definition_version source measure",
    "observation": """lesson observer role seat to_seat t_rel t_abs duration phase kind verbatim interpretation wonder tlp_row data_question
        strategy_code media flag""",
    "person": "display display_kind role_type site expertise hopes team_role author",
    "contribution": "person artefact credit_roles local_roles degree warrant",
    "pairing": "practitioner researcher challenge shared_interests style agreed_credit",
    "support_request": "asked_by about need urgency asked_on answered_by answer state",
    "tie": "person turned_to kind frequency wave consent",
    "practice_brief": """challenge asked_by authors.person authors.contribution short_answer evidence.claim evidence.source
        evidence.design evidence.tier evidence.outcome evidence.setting evidence.sample evidence.fit_here evidence.date try_this.step
        try_this.adaptation try_this.caution local_evidence unknowns disagreements layout living.reviewed_on living.review_by
        living.triggers living.superseded_by living.changelog tags chat_map.subject chat_map.object chat_map.tools chat_map.rules
        chat_map.community chat_map.labour chat_map.contradictions.between chat_map.contradictions.kind
        chat_map.contradictions.text chat_map.contradictions.response""",
    "design_cycle": """question conjecture enactment evidence learning act next_plan conjecture_map.design conjecture_map.process
        conjecture_map.outcome iteration design_changes.change design_changes.because""",
}


@pytest.mark.parametrize("form_id", FIELDS)
def test_every_field_can_be_answered(form_id: str) -> None:
    known = dict(load_form(form_id).walk())
    assert [f for f in FIELDS[form_id].split() if f not in known] == []


@pytest.mark.parametrize("path", sorted(FILES.glob("*.toml")), ids=lambda p: p.stem)
def test_every_form_that_ships_fits_its_schema_and_teaches_its_syntax(path: Path) -> None:
    content = path.read_bytes()
    form = parse_form(content, path.name)
    assert form.id == path.stem and content.startswith(b"#")
    assert form.root


def test_a_renamed_id_breaks_records_so_this_fails() -> None:
    """An id that was ever released stays. New ids are added to ids.txt; none is taken out or changed."""
    now = set()
    for form in FORMS:
        now.add(form.id)
        for path, q in form.walk():
            now |= {f"{form.id}.{path}", *(f"{form.id}.{path}={c.id}" for c in q.choices)}
    released = set(Path(__file__).with_name("ids.txt").read_text(encoding="utf-8").split())
    assert sorted(released - now) == [] and sorted(now - released) == []


# What follows no published work, and why. Everything else names one, itself or through what holds it.
OURS = {
    "what the program needs to know of a team, a person or a row": """about measure_row person.author pdsa_cycle.title
        change_idea.added_on lesson_study.discussion.at observation.t_device""",
    "how our reader reads a file, and what it keeps": "measure.data measure.rows measure.chart_why",
    "versions of a definition": "measure.definition_version measure.changed_on measure.break_series",
    "links that hold a record together": """lesson_study.drivers lesson_study.change lesson_study.pdsa
        lesson_study.data_questions.measure design_cycle.change design_cycle.drivers design_cycle.conjecture_map.measure
        design_cycle.data.measure design_cycle.observations pdsa_cycle.do_log.observations observation.tlp_row
        driver_diagram.drivers.owner_scope driver_diagram.drivers.overlay_of""",
    "protection of people": """problem_definition.empathy_interviews.quotable problem_definition.evidence.file tie.consent
        lesson_study.not_names""",
    "added by us to what others ask": """contribution.local_roles practice_brief.short_answer practice_brief.local_evidence
        lesson_study.ready_notes lesson_study.lesson_rows.prepared_by lesson_study.data_questions.prediction""",
    "in common use; no publication that we could confirm": """aim.inclusive_clause causes.fishbone.influence
        causes.fishbone.weight problem_definition.assets problem_definition.deficit_response""",
}


def test_every_question_names_the_work_that_it_follows_or_is_ours_alone() -> None:
    ours = {path for paths in OURS.values() for path in paths.split()}
    unnamed = set()
    for form in FORMS:
        within = "" if form.source else form.id
        unnamed |= {within} - {""}
        for path, q in form.walk():
            here = f"{form.id}.{path}"
            above = [here.rsplit(".", n)[0] for n in range(1, here.count(".") + 1)]
            if not q.source and not unnamed & set(above):
                unnamed.add(here)
    assert unnamed == ours


def test_no_source_is_a_copy_on_a_secondary_site() -> None:
    copies = re.compile(
        r"slideshare|scribd|studylib|docslib|vdocument|docsbay|uberessays|slidetodoc|writemyessays|brainly"
    )
    assert [f"{f.id}.{p}" for f in FORMS for p, q in f.walk() if copies.search(q.source)] == []


def test_a_pdsa_cycle_asks_eight_questions() -> None:
    questions = dict(load_form("pdsa_cycle").walk())

    def above(path: str) -> list[str]:
        words = path.split(".")
        return [".".join(words[:i]) for i in range(1, len(words) + 1)]

    asked = [p for p, q in questions.items() if not q.questions and all(questions[a].required for a in above(p))]
    assert len(asked) == 8, asked


def test_no_file_carries_the_labels_of_lean_5s() -> None:
    lean = re.compile(
        r"\b(sort|set in order|shine|standardi[sz]e|sustain|seiri|seiton|seiso|seiketsu|shitsuke)\b", re.IGNORECASE
    )
    for file in (FILES.parent).rglob("*.toml"):
        labels = re.findall(r'(?:label|title|prompt)\s*=\s*"([^"]*)"', file.read_text(encoding="utf-8"))
        assert [x for x in labels if lean.fullmatch(x.strip())] == [], file
    form = load_form("problem_definition")
    assert form.working_labels
    assert [q.id for q in form.questions if q.section == "dimensions"] == [
        "situation",
        "stakeholders",
        "scope",
        "system",
        "significance",
    ]


def test_a_reworded_label_changes_no_record() -> None:
    form = load_form("aim")
    renamed = dataclasses.replace(
        form, title="Goal", questions=tuple(dataclasses.replace(q, prompt="?") for q in form.questions)
    )
    assert Roots([renamed]).spot("aim.what").path == Roots([form]).spot("aim.what").path


def test_types_are_those_of_the_forms() -> None:
    program = (
        "import generate_types as g; assert g.PYTHON_FILE.read_text() == g.python_source(); "
        "assert g.TYPESCRIPT_FILE.read_text() == g.typescript_source()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT / "scripts",
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )
    assert done.returncode == 0, f"run `make types`\n{done.stderr}"


def test_spanish_covers_the_problem_and_the_pdsa_cycle_and_says_what_it_does_not() -> None:
    words = load_words("es")
    assert languages() == ("en", "es")
    assert {i: untranslated(load_form(i), words[i]) for i in ("problem_definition", "pdsa_cycle")} == {
        "problem_definition": [],
        "pdsa_cycle": [],
    }
    missing = [i for i in form_ids() if i not in words]
    assert len(missing) == len(form_ids()) - 2


def test_words_for_an_unknown_question_are_refused() -> None:
    with pytest.raises(DefinitionError, match="Did you mean 'learned'"):
        worded(load_form("pdsa_cycle"), {"prompts": {"learnd": "x"}})
    with pytest.raises(DefinitionError, match="Did you mean 'prompts'"):
        worded(load_form("pdsa_cycle"), {"prompt": {"learned": "x"}})


def test_a_hub_lays_its_own_words_and_forms_over_ours(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "book.toml").write_text(
        '[problem_definition]\nworking_labels = false\n[problem_definition.labels]\nsituation = "As the book says"\n'
    )
    (tmp_path / "forms" / "visit.toml").write_text(
        'id = "visit"\nversion = 1\ntitle = "Visit"\nsource = ""\nroot = "visits"\ncollection = true\n'
        '[[question]]\nid = "what"\nprompt = "What?"\nkind = "text"\n'
    )
    forms: dict[str, Form] = {f.id: f for f in roots_in_words("en", tmp_path)}
    assert forms["problem_definition"].question("situation").label == "As the book says"  # type: ignore[union-attr]
    assert not forms["problem_definition"].working_labels
    assert forms["problem_definition"].digest != load_form("problem_definition").digest
    assert Roots(forms.values()).spot("visits.v1.what").kind == "answer"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('kind = "text"\nlocks = true', None),
        ('kind = "long_text"\nlocks = true', "locks|schema"),
        ('kind = "nonsense"', "schema"),
        ('kind = "text"\nsection = "nowhere"', "unknown section"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_with_its_place(change: str, says: str | None) -> None:
    content = (
        f'id = "x"\nversion = 1\ntitle = "X"\nsource = ""\n[[question]]\nid = "q"\nprompt = "?"\n{change}\n'.encode()
    )
    if says is None:
        assert parse_form(content, "x.toml").questions[0].locks
        return
    with pytest.raises(DefinitionError, match=says) as e:
        parse_form(content, "x.toml")
    assert "x.toml" in str(e.value)
