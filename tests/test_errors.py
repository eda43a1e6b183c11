"""Every error says what is wrong, where, what was found, what to do, and survives the way from another process."""

from __future__ import annotations

import pickle

import pytest

from inquirylab import errors
from inquirylab.errors import DataError, InquiryError, did_you_mean


def test_an_error_is_one_sentence_and_a_cure() -> None:
    error = DataError("The column 'late' is missing", where="may.csv, line 1", found="'lates'", cure="Rename it.")
    assert str(error) == "The column 'late' is missing (may.csv, line 1); found: 'lates'. Rename it."


@pytest.mark.parametrize("what", ["Is it there?", "It is gone!", "It ended."])
def test_a_sentence_that_has_its_mark_gets_no_second_one(what: str) -> None:
    assert str(DataError(what)) == what


def test_an_error_keeps_its_parts_when_pickled() -> None:
    error = pickle.loads(pickle.dumps(DataError("a", where="b", found="c", cure="d")))
    assert (type(error), error.what, error.where, error.found, error.cure) == (DataError, "a", "b", "c", "d")


def test_every_error_of_ours_is_in_the_tree_that_the_module_draws() -> None:
    ours = {k for k, v in vars(errors).items() if isinstance(v, type) and issubclass(v, InquiryError)}
    assert all(name in (errors.__doc__ or "") for name in ours)


def test_a_near_word_is_offered_whatever_its_case() -> None:
    assert did_you_mean("LATE", ["late", "week"]) == "Did you mean 'late'?"
    assert did_you_mean("x", []) == ""
