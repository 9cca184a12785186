"""What moments and durations can do, and what Python says of it."""

from __future__ import annotations

import datetime
import operator

from tests.laws.rules import UTC, Rule, comparisons, rule

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)


def _floored(moment: datetime.datetime, step: datetime.timedelta) -> datetime.datetime:
    """The last multiple, counted from 1970."""
    return moment - (moment - EPOCH) % step


def _moment(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def _parts() -> list[Rule]:
    """Attributes of both."""
    found = []
    for name in ["year", "month", "day", "hour", "minute", "second", "microsecond"]:
        found.append(rule("Int", f"{{0}}.{name}", operator.attrgetter(name), "Datetime"))
    for name in ["days", "seconds", "microseconds"]:
        found.append(rule("Int", f"{{0}}.{name}", operator.attrgetter(name), "Timedelta"))
    return found


MOMENTS = [
    *_parts(),
    *comparisons("Datetime"),
    *comparisons("Timedelta"),
    rule("Int", "{0}.weekday()", datetime.datetime.weekday, "Datetime"),
    rule("Int", "{0}.dayofyear", lambda a: a.timetuple().tm_yday, "Datetime"),
    rule("Float", "{0}.timestamp()", lambda a: (a - EPOCH) / datetime.timedelta(seconds=1), "Datetime"),
    rule("Str", "{0}.isoformat()", datetime.datetime.isoformat, "Datetime"),
    rule("Str", "{0}.strftime('%Y-%m')", lambda a: a.strftime("%Y-%m"), "Datetime"),
    rule(
        "Datetime", "{0}.date()", lambda a: datetime.datetime(a.year, a.month, a.day, tzinfo=UTC), "Datetime"
    ),
    rule("Datetime", "wf.Datetime({0}, {1}, {2})", _moment, "Int", "Int", "Int"),
    rule(
        "Datetime",
        "wf.Datetime({0}.year, {1}.month)",
        lambda a, b: _moment(a.year, b.month, 1),
        "Datetime",
        "Datetime",
    ),
    rule("Datetime", "wf.Datetime.from_string({0}.isoformat())", lambda a: a, "Datetime"),
    rule("Datetime", "({0} + {1})", operator.add, "Datetime", "Timedelta"),
    rule("Datetime", "({1} + {0})", operator.add, "Datetime", "Timedelta"),
    rule("Datetime", "({0} - {1})", operator.sub, "Datetime", "Timedelta"),
    rule("Datetime", "({0} // {1})", _floored, "Datetime", "Timedelta"),
    rule("Datetime", "divmod({0}, {1})[0]", _floored, "Datetime", "Timedelta"),
    rule("Timedelta", "({0} % {1})", lambda a, b: (a - EPOCH) % b, "Datetime", "Timedelta"),
    rule("Timedelta", "({0} - {1})", operator.sub, "Datetime", "Datetime"),
    rule("Bool", "{0}.is_between({1}, {2})", lambda a, b, c: b <= a <= c, "Datetime", "Datetime", "Datetime"),
    rule(
        "Bool",
        "{0}.is_between({1}, {2}, inclusive=False)",
        lambda a, b, c: b < a < c,
        "Datetime",
        "Datetime",
        "Datetime",
    ),
    rule("Bool", "({0} > '2020-06-02')", lambda a: a > _moment(2020, 6, 2), "Datetime"),
    rule("Timedelta", "wf.Timedelta(days={0})", lambda a: datetime.timedelta(days=a), "Int"),
    rule(
        "Timedelta",
        "wf.Timedelta(hours={0}, seconds={1})",
        lambda a, b: datetime.timedelta(hours=a, seconds=b),
        "Int",
        "Float",
    ),
    rule("Timedelta", "({0} + {1})", operator.add, "Timedelta", "Timedelta"),
    rule("Timedelta", "({0} - {1})", operator.sub, "Timedelta", "Timedelta"),
    rule("Timedelta", "({0} * {1})", operator.mul, "Timedelta", "Int"),
    rule("Timedelta", "({1} * {0})", operator.mul, "Timedelta", "Float"),
    rule("Timedelta", "({0} / {1})", operator.truediv, "Timedelta", "Int"),
    rule("Timedelta", "({0} // {1})", operator.floordiv, "Timedelta", "Int"),
    rule("Timedelta", "({0} % {1})", operator.mod, "Timedelta", "Timedelta"),
    rule("Timedelta", "abs({0})", abs, "Timedelta"),
    rule("Timedelta", "(-{0})", operator.neg, "Timedelta"),
    rule("Int", "({0} // {1})", operator.floordiv, "Timedelta", "Timedelta"),
    rule("Float", "({0} / {1})", operator.truediv, "Timedelta", "Timedelta"),
    rule("Float", "{0}.total_seconds()", datetime.timedelta.total_seconds, "Timedelta"),
]
