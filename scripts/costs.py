"""What 1,000 thumbnails cost on AWS, in US dollars: prices and assumptions, and the sheet that follows from them.

`make costs` measures what can be measured, and writes docs/costs.json, docs/costs.md and the README's table anew.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple, Self

THUMBNAILS = 1000
ARCHITECTURES = ("arm64", "x86_64")
MEMORY_SIZES = (512, 1024, 1536, 1769, 3008)

# As in main.tf and variables.tf; LEAST_MEMORY_MB is the peak of `make bench-memory`, 1,009 MB, and half as much again.
PROCESS_MEMORY_MB, LEAST_MEMORY_MB, ROUTE_MEMORY_MB = 1769, 1536, 512
UPLOAD_DAYS, THUMBNAIL_DAYS = 1, 7

# https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
MEMORY_OF_ONE_PROCESSOR_MB = 1769

_HARDLY_WORSE = 1.05


class Price(NamedTuple):
    """US dollars for one `unit` in us-east-1, without the free tier, and AWS's page that says so."""

    dollars: float
    unit: str
    page: str


_PRICING = "https://aws.amazon.com/{}/pricing/".format
PRICES_SEEN = "November 2026"
COMPARED_WITH = {
    "Lambda": "https://cloudchipr.com/blog/aws-lambda-pricing",
    "API Gateway": "https://www.apigatewaycost.com/aws",
    "S3 and transfer": "https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples",
    "CloudWatch": "https://coralogix.com/blog/is-cloudwatch-really-cost-efficient",
}
LAMBDA_GB_SECOND = {
    "arm64": Price(0.0000133334, "GB-second, arm64", _PRICING("lambda")),
    "x86_64": Price(0.0000166667, "GB-second, x86_64", _PRICING("lambda")),
}
LAMBDA_REQUEST = Price(0.20 / 1e6, "call of a function", _PRICING("lambda"))
API_REQUEST = Price(1.00 / 1e6, "request to an HTTP API", _PRICING("api-gateway"))
S3_PUT = Price(0.005 / 1e3, "PUT or POST", _PRICING("s3"))
S3_GET = Price(0.0004 / 1e3, "GET or HEAD", _PRICING("s3"))
S3_GB_MONTH = Price(0.023, "GB-month, S3 Standard", _PRICING("s3"))
TRANSFER_GB = Price(0.09, "GB to the internet", _PRICING("s3"))
LOGS_GB = Price(0.50, "GB of logs taken in", _PRICING("cloudwatch"))
PRICES = (
    *LAMBDA_GB_SECOND.values(),
    *(LAMBDA_REQUEST, API_REQUEST, S3_PUT, S3_GET, S3_GB_MONTH, TRANSFER_GB, LOGS_GB),
)

# Assumptions, per thumbnail, which no test can check: seconds are of waiting, and set high.
POLLS, DOWNLOADS = 4, 2
S3_SECONDS, ROUTE_SECONDS = 0.15, 0.1
LOG_KB = 3

DOCUMENTS = Path(__file__).resolve().parent.parent / "docs"
_FIGURES = DOCUMENTS / "costs.json"


@dataclass(frozen=True)
class Measured:
    """A thumbnail of a 12-megapixel JPEG: seconds of one processor that a warm function takes, and both sizes."""

    cpu_seconds: float
    upload_mb: float
    thumbnail_mb: float

    @classmethod
    def kept(cls) -> Self:
        """Return what `make costs` measured last."""
        return cls(**json.loads(_FIGURES.read_text()))

    def keep(self) -> None:
        """Keep it for the sheet."""
        _FIGURES.write_text(json.dumps(asdict(self), indent=1) + "\n")

    def process_seconds(self, memory_mb: int) -> float:
        """Return how long process runs: S3 takes as long at any size, and one picture keeps one processor busy."""
        return S3_SECONDS + self.cpu_seconds / min(1, memory_mb / MEMORY_OF_ONE_PROCESSOR_MB)


def process_cost(measured: Measured, memory_mb: int, architecture: str) -> float:
    """Return the dollars that process costs for `THUMBNAILS` thumbnails."""
    gb_seconds = measured.process_seconds(memory_mb) * memory_mb / 1024
    return THUMBNAILS * (LAMBDA_REQUEST.dollars + gb_seconds * LAMBDA_GB_SECOND[architecture].dollars)


def cost_times_time(measured: Measured, memory_mb: int) -> float:
    """Return what a memory size is judged by: twice as fast may cost twice as much."""
    return process_cost(measured, memory_mb, ARCHITECTURES[0]) * measured.process_seconds(memory_mb)


def best_memory(measured: Measured) -> int:
    """Return the size with the least cost times time, of those that hold the largest accepted picture.

    Where more memory is hardly worse by that, it is better: other pictures and cold starts compute for longer.
    """
    judged = {size: cost_times_time(measured, size) for size in MEMORY_SIZES if size >= LEAST_MEMORY_MB}
    return max(size for size, worth in judged.items() if worth <= _HARDLY_WORSE * min(judged.values()))


def per_service(measured: Measured, architecture: str) -> dict[str, float]:
    """Return the dollars for `THUMBNAILS` thumbnails, by service."""
    routes = 1 + POLLS
    route_gb_seconds = ROUTE_SECONDS * ROUTE_MEMORY_MB / 1024
    route = LAMBDA_REQUEST.dollars + route_gb_seconds * LAMBDA_GB_SECOND[architecture].dollars
    months = (measured.upload_mb * UPLOAD_DAYS + measured.thumbnail_mb * THUMBNAIL_DAYS) / 30
    each = {
        "API Gateway": routes * API_REQUEST.dollars,
        "Lambda, presign and poll": routes * route,
        "Lambda, process": process_cost(measured, PROCESS_MEMORY_MB, architecture) / THUMBNAILS,
        "S3 requests": 2 * S3_PUT.dollars + (1 + POLLS + DOWNLOADS) * S3_GET.dollars,
        "S3 storage": months / 1000 * S3_GB_MONTH.dollars,
        "Transfer to the internet": DOWNLOADS * measured.thumbnail_mb / 1000 * TRANSFER_GB.dollars,
        "CloudWatch logs": LOG_KB / 1e6 * LOGS_GB.dollars,
    }
    return {service: dollars * THUMBNAILS for service, dollars in each.items()}


def table(measured: Measured) -> str:
    """Return the costs by service as a Markdown table."""
    costs = [per_service(measured, architecture) for architecture in ARCHITECTURES]
    rows = [(service, [cost[service] for cost in costs]) for service in costs[0]]
    rows.append(("**Together**", [sum(cost.values()) for cost in costs]))
    return _table(
        (f"US$ for {THUMBNAILS:,} thumbnails", *ARCHITECTURES),
        [(service, *(f"{dollars:.3f}" for dollars in row)) for service, row in rows],
    )


def sheet(measured: Measured) -> str:
    """Return docs/costs.md."""
    upload, thumbnail = f"{measured.upload_mb:.1f} MB", f"{1000 * measured.thumbnail_mb:.0f} KB"
    compared = "\n".join(f"- {service}: <{page}>" for service, page in COMPARED_WITH.items())
    return f"""# What {THUMBNAILS:,} thumbnails cost

Written by `make costs`; prices, assumptions and sums are in [`costs.py`](../scripts/costs.py). On paper: nothing of it
was measured on AWS.

{table(measured)}

## What it rests on

- **Measured** by `make costs`: a 12-megapixel JPEG of {upload} becomes a thumbnail of {thumbnail}, and takes
  {measured.cpu_seconds:.2f} s of one processor in a warm function.
- **Assumed**: Lambda's processors, arm64's and x86_64's, are as fast as that one; process waits {S3_SECONDS} s for S3;
  presign and poll take {ROUTE_SECONDS} s each; a thumbnail takes {POLLS} polls, {DOWNLOADS} downloads and {LOG_KB} KB
  of logs.
- **As set by default**: an upload is kept for {UPLOAD_DAYS} day, a thumbnail for {THUMBNAIL_DAYS}.
- **Not counted**: cold starts, AWS's free tier, and what does not grow with use: four alarms, the page.

## The memory of process

Lambda gives processor time in proportion to memory, one processor at {MEMORY_OF_ONE_PROCESSOR_MB} MB
([source](https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html)), and one picture keeps one busy. The
default is the size with the least cost x time, of those that hold the largest accepted picture ({LEAST_MEMORY_MB} MB or
more; `make bench-memory`), and the larger one where two are within {_HARDLY_WORSE - 1:.0%}, since other pictures and
cold starts compute for longer: **{best_memory(measured)} MB**.

{_memory_table(measured)}

Presign and poll wait more than they compute. They have {ROUTE_MEMORY_MB} MB for their first call, which has much to
load; what that costs is in the first table.

## Prices

As known in {PRICES_SEEN}, for us-east-1, without the free tier. AWS's pages are the source; they fill in their figures
by script, so these were compared with what others copied from there:

{compared}

{_price_table()}
"""


def _memory_table(measured: Measured) -> str:
    least = cost_times_time(measured, best_memory(measured))
    return _table(
        ("MB", "processors", "seconds", *(f"US$, {name}" for name in ARCHITECTURES), "cost x time", "large enough"),
        [
            (
                f"**{size}**" if size == best_memory(measured) else str(size),
                f"{size / MEMORY_OF_ONE_PROCESSOR_MB:.2f}",
                f"{measured.process_seconds(size):.2f}",
                *(f"{process_cost(measured, size, name):.3f}" for name in ARCHITECTURES),
                f"{cost_times_time(measured, size) / least:.2f}",
                "yes" if size >= LEAST_MEMORY_MB else "no",
            )
            for size in MEMORY_SIZES
        ],
    )


def _price_table() -> str:
    return _table(
        ("for one", "US$"),
        [(f"[{price.unit}]({price.page})", f"{price.dollars:.10f}".rstrip("0")) for price in PRICES],
    )


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in (heads, *rows)]
    lines.insert(1, f"|---|{'---:|' * (len(heads) - 1)}")
    return "\n".join(lines)
