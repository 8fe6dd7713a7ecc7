"""CORS: browsers may call the stack from the page, and from no other site."""

from collections.abc import Callable

import requests

from checks.visit import TIMEOUT, Check, Failed, Visit, get_origin

_OTHER_SITE = "https://example.com"

_Ask = Callable[[Visit, str], requests.Response]  # from an origin


def _ask_api(visit: Visit, origin: str) -> requests.Response:
    names = ["content-type", *(["authorization"] if visit.settings["hasPassphrase"] else [])]
    return _preflight(f"{visit.api_url}/generate-presigned-url", origin, names)


def _ask_uploads(visit: Visit, origin: str) -> requests.Response:
    return _preflight(visit.upload_url, origin, ["content-type"])


def _preflight(url: str, origin: str, headers: list[str]) -> requests.Response:
    """Ask as browsers do before a POST with these headers."""
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": ",".join(headers)}
    return requests.options(url, headers={"Origin": origin, **asked}, timeout=TIMEOUT)


def _ask_thumbnail(visit: Visit, origin: str) -> requests.Response:
    return requests.get(visit.link, headers={"Origin": origin}, timeout=TIMEOUT)


def _is_allowed(answer: requests.Response, origin: str) -> bool:
    return answer.headers.get("Access-Control-Allow-Origin") in (origin, "*")


def _list_names(header: str) -> set[str]:
    return {name.strip().lower() for name in header.split(",") if name}


def _allow_page(ask: _Ask) -> Check:
    def check(visit: Visit) -> str:
        origin = get_origin(visit.page_url)
        answer = ask(visit, origin)
        if not _is_allowed(answer, origin):
            raise Failed(f"{origin} is not allowed")
        asked = _list_names(answer.request.headers.get("Access-Control-Request-Headers", ""))
        missing = asked - _list_names(answer.headers.get("Access-Control-Allow-Headers", ""))
        if missing:
            raise Failed(f"{origin} may not send {', '.join(sorted(missing))}")
        return "allowed"

    return check


def _refuse_others(ask: _Ask) -> Check:
    def check(visit: Visit) -> str:
        if _is_allowed(ask(visit, _OTHER_SITE), _OTHER_SITE):
            raise Failed(f"{_OTHER_SITE} is allowed")
        return "not allowed"

    return check


_SERVICES: dict[str, _Ask] = {"API": _ask_api, "uploads": _ask_uploads, "thumbnails": _ask_thumbnail}

CHECKS: dict[str, Check] = {
    **{f"CORS: {name}, from the page": _allow_page(ask) for name, ask in _SERVICES.items()},
    **{f"CORS: {name}, from another site": _refuse_others(ask) for name, ask in _SERVICES.items()},
}
