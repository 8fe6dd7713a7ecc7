"""The page: its files, its headers and its Content-Security-Policy."""

import re
import time
from urllib.parse import urljoin

import requests

from checks.visit import TIMEOUT, Check, Failed, Visit, expect, get_origin

_TYPES = {"css": "text/css", "html": "text/html", "jpg": "image/jpeg", "js": "text/javascript", "svg": "image/svg+xml"}

_REFERENCE = re.compile(r'(?:href=|src=|\bfrom )"(?:\./)?([\w-]+\.\w+)"')

# What CloudFront adds; S3 by itself adds no header.
_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'",
}


def _check_page(visit: Visit) -> str:
    seconds = []
    for _ in range(2):
        begin = time.monotonic()
        answer = requests.get(visit.page_url, timeout=TIMEOUT)
        seconds.append(time.monotonic() - begin)
        expect(answer, 200, "</html>")
        _expect_type(answer, "html")
    return f"{seconds[0]:.3f} s, again {seconds[1]:.3f} s"


def _check_files(visit: Visit) -> str:
    """Load the files that index.html names, and those that its scripts import."""
    names, unread = set[str](), {visit.page_url.removeprefix(urljoin(visit.page_url, "."))}
    while unread:
        name = unread.pop()
        names.add(name)
        answer = requests.get(urljoin(visit.page_url, name), timeout=TIMEOUT)
        if not answer.ok:
            raise Failed(f"{name}: {answer.status_code}")
        _expect_type(answer, name.rpartition(".")[2] or "html")
        unread |= set(_REFERENCE.findall(answer.content.decode(errors="replace"))) - names
    if "config.js" not in names:
        raise Failed("no script imports config.js")
    return f"{len(names)} files with their content types"


def _expect_type(answer: requests.Response, extension: str) -> None:
    found, expected = answer.headers.get("Content-Type", ""), _TYPES[extension]
    if found.partition(";")[0] != expected:
        raise Failed(f"{answer.url}: content type {found!r}; expected {expected}")


def _check_settings(visit: Visit) -> str:
    if visit.settings["apiUrl"] != visit.api_url:
        raise Failed(f"config.js names another API, {visit.settings['apiUrl']}")
    return "config.js names this stack's API"


def _check_headers(visit: Visit) -> str | None:
    if visit.outputs["site_bucket"] in visit.page_url:
        return None
    headers = requests.get(visit.page_url, timeout=TIMEOUT).headers
    missing = [f"{name}: {value}" for name, value in _HEADERS.items() if value not in headers.get(name, "")]
    if missing:
        raise Failed(f"without {', '.join(missing)}")
    return ", ".join(_HEADERS)


def _check_policy(visit: Visit) -> str:
    """Compare the hosts that the page may contact with those that it has to."""
    page = requests.get(visit.page_url, timeout=TIMEOUT).text
    match = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    if not match:
        raise Failed("index.html has no policy")
    policy = {name: set(sources) for name, *sources in (part.split() for part in match[1].split(";"))}
    if policy.get("default-src") != {"'none'"} or policy.get("script-src") != {"'self'"}:
        raise Failed("default-src must be 'none', and script-src 'self'")
    needed = {get_origin(url) for url in (visit.api_url, visit.upload_url, visit.link)}
    allowed = policy.get("connect-src", set()) - {"'self'"}
    if allowed != needed:
        raise Failed(f"connect-src: {' '.join(sorted(allowed))}; expected {' '.join(sorted(needed))}")
    if get_origin(visit.link) not in policy.get("img-src", set()):
        raise Failed("img-src does not allow the thumbnails")
    return "its own scripts, this API and these buckets only"


def _check_plain_http(visit: Visit) -> str | None:
    if not visit.page_url.startswith("https:"):
        return None
    url = visit.page_url.replace("https:", "http:", 1)
    answer = requests.get(url, allow_redirects=False, timeout=TIMEOUT)
    target = answer.headers.get("Location", "")
    return f"{answer.status_code}, to {target}" if target.startswith("https:") else expect(answer, 403)


CHECKS: dict[str, Check] = {
    "page": _check_page,
    "page: files": _check_files,
    "page: settings": _check_settings,
    "page: headers": _check_headers,
    "page: Content-Security-Policy": _check_policy,
    "page over plain HTTP": _check_plain_http,
}
