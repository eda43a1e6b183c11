"""Which sites: a small language of comparisons over a site's parameters. PURE."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from inquirylab.errors import SiteListError, did_you_mean

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip


def condition(expression: str) -> Callable[[Mapping[str, Any]], bool]:
    """Return a test of a site's values, from text.

    Parameters
    ----------
    expression
        Names of parameters (and ``site``), texts and numbers, lists, ``== != < <= > >= in``, ``and or not``.

    Raises
    ------
    SiteListError
        The text is something else, or names what the sites do not have.

    Examples
    --------
    >>> test = condition("region == 'north' and pupils >= 100")
    >>> test({"region": "north", "pupils": "120"})
    True
    >>> condition("site in ['Leeds', 'York']")({"site": "Hull"})
    False
    """
    try:
        tree = ast.parse(expression, mode="eval").body
    except SyntaxError as e:
        raise _not_understood(expression, e.text or expression) from e
    return lambda values: bool(_value(tree, values, expression))


def _value(node: ast.AST, values: Mapping[str, Any], expression: str) -> Any:
    if isinstance(node, ast.BoolOp):
        parts = (bool(_value(part, values, expression)) for part in node.values)
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        inner = _value(node.operand, values, expression)
        return not inner if isinstance(node.op, ast.Not) else -inner
    if isinstance(node, ast.Compare):
        return _compared(node, values, expression)
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, (ast.List, ast.Tuple)):
        return [_value(item, values, expression) for item in node.elts]
    if isinstance(node, ast.Name):
        if node.id not in values:
            raise SiteListError(
                f"The sites have no {node.id!r}", where=f"--where {expression}", cure=did_you_mean(node.id, values)
            )
        return values[node.id]
    raise _not_understood(expression, ast.unparse(node))


def _compared(node: ast.Compare, values: Mapping[str, Any], expression: str) -> bool:
    left = _value(node.left, values, expression)
    for kind, right_node in zip(node.ops, node.comparators, strict=True):
        right = _value(right_node, values, expression)
        compare = _COMPARE.get(type(kind))
        if compare is None:
            raise _not_understood(expression, ast.unparse(node))
        try:
            true = compare(*_alike(left, right))
        except TypeError as e:
            raise SiteListError(
                "Two values cannot be compared", where=f"--where {expression}", found=f"{left!r} and {right!r}"
            ) from e
        if not true:
            return False
        left = right
    return True


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """A text of a CSV beside a number is read as a number, if it is one."""
    for one, other, swap in ((left, right, False), (right, left, True)):
        if isinstance(one, str) and isinstance(other, (int, float)) and not isinstance(other, bool):
            try:
                return (other, float(one)) if swap else (float(one), other)
            except ValueError:
                return left, right
    return left, right


def _not_understood(expression: str, part: str) -> SiteListError:
    return SiteListError(
        "The condition is not understood", where=f"--where {expression}", found=part.strip(),
        cure="Compare parameters with values: \"region == 'north' and pupils > 100\".",
    )  # fmt: skip
