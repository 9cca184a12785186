"""Wrong uses of jobs and of channels."""

import descartes_flow as wf
from descartes_flow.errors import JobInvalid, NotFound
from tests.operations.case import Refusal

DONE = "wf.Job(wf.Int(1))"

REFUSALS = [
    Refusal("wf.Job", "wf.Job(object())", TypeError, "Job(): no proxy stands for object"),
    Refusal("wf.Job", "wf.Job(None)", TypeError, "Job(): a NoneType cannot be computed"),
    Refusal("wf.Job", "wf.Job(img, 5)", TypeError, "Invalid GeoContext 5: expected a GeoContext"),
    Refusal("wf.Job", "wf.Job(img, wf.GeoContext(crs='EPSG:4326'))", JobInvalid, "AOI(bounds=): expected"),
    Refusal(
        "wf.Job", "wf.Job(wf.Int(1), x=2)", TypeError, "Expected no arguments, as nothing here is a para"
    ),
    Refusal(
        "wf.Job",
        "wf.Job(wf.parameter('x', wf.Int))",
        TypeError,
        "missing values for the parameters x; pass them by name",
    ),
    Refusal(
        "wf.Job",
        "wf.Job(wf.parameter('x', wf.Int), x='a')",
        wf.ProxyTypeError,
        "Job(x=): expected Int, got str 'a'",
    ),
    Refusal(
        "wf.Job",
        "wf.Job(1, on_error='ignore')",
        ValueError,
        "Job(on_error=): expected 'raise' or 'skip', got",
    ),
    Refusal("Job.get", "wf.Job.get('abc')", NotFound, "there is no job 'abc' in "),
    Refusal("Job.get", "wf.Job.get(3)", TypeError, "Job.get(id=): expected the id of a job, got int 3"),
    Refusal(
        "Job.result",
        f"{DONE}.result(timeout=0)",
        ValueError,
        "timeout=: expected a number of seconds above 0",
    ),
    Refusal(
        "Job.result",
        "wf.Job(wf.Any([1])[3]).result()",
        JobInvalid,
        'failed with: code=ERROR_INVALID, message="',
    ),
    Refusal("Job.wait", f"{DONE}.wait('1')", ValueError, "or None, got '1'"),
    Refusal(
        "Job.wait", f"{DONE}.wait(progress_bar=3)", TypeError, "wait(progress_bar=): expected None, a bool"
    ),
    Refusal(
        "Job.watch", f"list({DONE}.watch(-1))", ValueError, "timeout=: expected a number of seconds above 0"
    ),
    Refusal(
        "wf.compute", "wf.compute(1, timeout=-1)", ValueError, "expected a number of seconds above 0, or"
    ),
    Refusal(
        "wf.compute",
        "wf.compute(1, progress_bar=3)",
        TypeError,
        "compute(progress_bar=): expected None, a bool or an object with write or append_stdout, got int 3",
    ),
    Refusal("wf._set_channel", "wf._set_channel(1)", TypeError, "expected the name of a channel, got 1"),
]
