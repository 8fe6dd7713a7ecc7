"""Print what 1,000 thumbnails cost on AWS, by service, in US dollars.

An estimate. The prices are assumed too: us-east-1's, without the free tier, as known in November 2026; compare
them with https://aws.amazon.com/pricing/ before you rely on them. How long a function runs and how large a picture
is, are set high.
"""

THUMBNAILS = 1000

# Assumptions, per thumbnail
UPLOAD_MB, THUMBNAIL_MB = 3.0, 0.2
POLLS, DOWNLOADS = 4, 2
PROCESS_SECONDS, ROUTE_SECONDS = 1.0, 0.1
LOG_KB = 3

# As in main.tf and variables.tf
PROCESS_GB, ROUTE_GB = 1769 / 1024, 512 / 1024
UPLOAD_DAYS, THUMBNAIL_DAYS = 1, 7

# Prices
API_REQUEST = 1.00 / 1e6
LAMBDA_REQUEST = 0.20 / 1e6
LAMBDA_GB_SECOND = 0.0000133334  # arm64
S3_PUT, S3_GET = 0.005 / 1e3, 0.0004 / 1e3
S3_GB_MONTH = 0.023
TRANSFER_GB = 0.09
LOGS_GB = 0.50


def per_service() -> dict[str, float]:
    """Return dollars for `THUMBNAILS` thumbnails, by service."""
    routes = 1 + POLLS
    seconds = PROCESS_SECONDS * PROCESS_GB + routes * ROUTE_SECONDS * ROUTE_GB
    stored = (UPLOAD_MB * UPLOAD_DAYS + THUMBNAIL_MB * THUMBNAIL_DAYS) / 30 / 1000
    each = {
        "API Gateway": routes * API_REQUEST,
        "Lambda": (routes + 1) * LAMBDA_REQUEST + seconds * LAMBDA_GB_SECOND,
        "S3 requests": 2 * S3_PUT + (1 + POLLS + DOWNLOADS) * S3_GET,
        "S3 storage": stored * S3_GB_MONTH,
        "Transfer to the internet": DOWNLOADS * THUMBNAIL_MB / 1000 * TRANSFER_GB,
        "CloudWatch logs": LOG_KB / 1e6 * LOGS_GB,
    }
    return {service: dollars * THUMBNAILS for service, dollars in each.items()}


def table() -> str:
    """Return the estimate as a Markdown table."""
    costs = per_service()
    rows = [*costs.items(), ("**Together**", sum(costs.values()))]
    head = f"| service | US$ for {THUMBNAILS:,} thumbnails |\n|---|---:|\n"
    return head + "\n".join(f"| {service} | {dollars:.3f} |" for service, dollars in rows)


if __name__ == "__main__":
    print(table())
