"""A pytest plugin that empties the product's caches before each test.

Otherwise pytest-testmon, which records the code that a test runs, would miss what another test's result stands for.
"""

import sys

import pytest

_PACKAGES = ("common", "presign", "poll", "process")


@pytest.fixture(autouse=True)
def _clear_caches() -> None:
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] in _PACKAGES]
    for value in [value for module in modules for value in vars(module).values()]:
        if hasattr(value, "cache_clear"):
            value.cache_clear()
