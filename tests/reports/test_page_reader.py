"""A page of ours as blocks: what leaves in another form says what the page says, in its order, and no more."""

from __future__ import annotations

from inquirylab.reports.document import Cards, Document, Drawing, Heading, Items, Pairs, Paragraph, Table, Words
from inquirylab.reports.document_markdown import document_markdown
from inquirylab.reports.document_paper import document_paper
from inquirylab.reports.page import FORMATIVE
from inquirylab.reports.page_reader import read_page

CHART = '<svg class="drawing" viewBox="0 0 204 96" role="img" aria-label="Ash, late, 12 weeks &amp; more"><path d="M0 0"/></svg>'
SIGN = '<svg class="icon imp" viewBox="0 0 12 12" aria-hidden="true"><circle r="4"/></svg>'


def told(body: str) -> Document:
    return read_page(f"<title>A page</title><main>{body}</main><footer><p>Made today.</p></footer>", FORMATIVE)


def words(*parts: str) -> tuple[Words, ...]:
    return tuple(Words(p) for p in parts)


def test_title_mark_and_foot_are_kept() -> None:
    made = told("<header><h1>Late <em>arrivals</em></h1></header><p>Text</p>")
    assert (made.title, made.mark, made.foot) == ("Late arrivals", FORMATIVE, ("Made today.",))
    assert made.blocks == (Paragraph(words("Text")),)
    assert told("<p>Text</p>").title == "A page", "a page without a heading has its title"


def test_no_level_of_headings_is_left_out() -> None:
    made = told(
        "<section><h2>Measures</h2><section><h2>Late</h2><h4>Cycles</h4></section><section><h2>Absent</h2></section>"
        "</section><section><h2>Next</h2></section>"
    )
    levels = [(b.level, b.line[0].text) for b in made.blocks if isinstance(b, Heading)]
    assert levels == [(1, "Measures"), (2, "Late"), (3, "Cycles"), (2, "Absent"), (1, "Next")]


def test_what_is_for_the_screen_alone_stays_there() -> None:
    made = told(
        "<nav>A B C</nav><form><input>Find</form><script>1</script><p hidden>No site</p>"
        '<p>Sites.<span class="on-screen"> Choose a name.</span></p><!-- nothing -->'
    )
    assert made.blocks == (Paragraph(words("Sites.")),)


def test_a_drawing_keeps_its_own_spelling_and_its_words() -> None:
    [drawn] = told(f"<figure>{CHART}</figure>").blocks
    assert drawn == Drawing(CHART, 204, "Ash, late, 12 weeks & more")
    narrow = CHART.replace("drawing", "drawing lo", 1)
    assert told(f"<figure>{CHART}{narrow}</figure>").blocks == (drawn,), "drawn twice on the page, shown once"
    hidden = CHART.replace("aria-label", "data-was")
    assert told(f'<div role="img" aria-label="Said around it">{hidden}</div>').blocks == (
        Drawing(hidden, 204, "Said around it"),
    )


def test_a_sign_stands_among_the_words_it_marks() -> None:
    [listed] = told(f"<ul><li>{SIGN}<span>Above its <b>limit</b></span></li></ul>").blocks
    assert listed == Items(((Paragraph((Words("", picture=SIGN), Words("Above its "), Words("limit", True))),),))


def test_small_charts_have_name_value_and_words() -> None:
    card = f'<div class="head"><h3>Ash</h3><span>4.5%</span></div>{CHART}<p class="words imp">6 weeks below</p>'
    [cards] = told(f'<ul class="sites"><li>{card}</li><li><div class="head"><h3>Elm</h3></div></li></ul>').blocks
    assert isinstance(cards, Cards)
    ash, elm = cards.cards
    assert (
        ash.head == (Words("Ash", True), Words(" 4.5%")) and ash.words == words("6 weeks below") and ash.role == "imp"
    )
    assert elm.drawing is None and elm.head == (Words("Elm", True),), "a site without a chart is not lost"


def test_pairs_tables_and_folded_parts() -> None:
    pairs, table, summary, inside, twin = told(
        "<dl><div><dt>Unit</dt><dd>%</dd></div><dt>Seen</dt><dd>one\ntwo</dd><dt>Empty</dt><dd></dd></dl>"
        "<table><thead><tr><th>Kind</th><th>n</th></tr></thead><tbody><tr><th>Left out</th><td>2</td></tr></tbody></table>"
        "<details><summary>Earlier weeks</summary><p>One</p></details>"
        '<details class="twin-of"><summary>The chart as a table</summary><table><tbody><tr><td>1</td></tr></tbody></table></details>'
    ).blocks
    assert pairs == Pairs(
        ((words("Unit"), (Paragraph(words("%")),)), (words("Seen"), (Paragraph(words("one")), Paragraph(words("two")))))
    )
    assert table == Table((words("Kind"), words("n")), ((words("Left out"), words("2")),))
    assert (summary, inside) == (Paragraph((Words("Earlier weeks", True),)), Paragraph(words("One")))
    assert isinstance(twin, Table) and twin.twin and twin.rows == ((words("1"),),)


def test_markdown_says_a_chart_in_words_and_numbers() -> None:
    made = document_markdown(
        told(
            f"<h2>Late</h2>{CHART}"
            '<details class="twin-of"><summary>Table</summary><table><thead><tr><th>Week</th><th>%</th></tr></thead>'
            "<tbody><tr><td>8 Jan</td><td>4.5</td></tr></tbody></table></details>"
            "<ul><li>One<ul><li>Two</li></ul></li></ul>"
        )
    )
    assert made.startswith("# A page\n\n**Formative.** For the people who may see all of this.")
    assert "## Late\n\n*Ash, late, 12 weeks \\& more*\n\n| Week | % |\n| --- | --- |\n| 8 Jan | 4.5 |" in made
    assert "- One\n  - Two" in made


def test_words_of_people_are_no_markup_in_markdown() -> None:
    made = document_markdown(told("<p>&lt;script&gt; *bold* [a](b)</p><ul><li># no heading</li></ul>"))
    assert "\\<script\\> \\*bold\\* \\[a\\](b)" in made and "- \\# no heading" in made


def test_paper_leaves_the_numbers_of_a_chart_on_the_page() -> None:
    made = document_paper(
        told(
            f'<p class="lede">First</p><h2>Late</h2>{CHART}'
            '<details class="twin-of"><table><tbody><tr><td>1</td></tr></tbody></table></details>'
        )
    )
    assert [b["kind"] for b in made["opening"]] == ["Paragraph"]
    assert [b["kind"] for b in made["blocks"]] == ["Heading", "Drawing"]
    assert "var(" not in made["blocks"][1]["svg"] and made["on_paper"] == FORMATIVE.on_paper
