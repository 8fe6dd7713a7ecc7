"""Print what the largest accepted picture of each kind adds to a process's memory: `python tests/benchmarks/memory.py`.

`process_memory_mb` must leave room for the most of these beside Python and Pillow. Needs Linux, and the environment
that `make test-unit` makes.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

SIDE = 8000  # 64 megapixels
LAMBDAS = Path(__file__).resolve().parent.parent.parent / "lambdas"
KINDS: dict[str, tuple[str, str, dict[str, object]]] = {
    "JPEG": ("JPEG", "RGB", {}),
    "JPEG, progressive": ("JPEG", "RGB", {"progressive": True, "subsampling": 0}),
    "JPEG, CMYK": ("JPEG", "CMYK", {}),
    "PNG": ("PNG", "RGB", {"compress_level": 1}),
    "PNG with alpha": ("PNG", "RGBA", {"compress_level": 1}),
    "PNG, 16-bit grey": ("PNG", "I;16", {"compress_level": 1}),
    "WebP": ("WEBP", "RGB", {"method": 0}),
    "WebP with alpha": ("WEBP", "RGBA", {"method": 0}),
    "GIF": ("GIF", "P", {}),
    "TIFF, float": ("TIFF", "F", {}),
    "AVIF": ("AVIF", "RGB", {"speed": 10}),
}

# In a fresh process each: the peak of one must not hide another's.
MEASURE = """
import sys
from process.thumbnail import make_thumbnail

def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

data = open(sys.argv[1], "rb").read()
before = peak()
make_thumbnail(data, "Hello")
print((peak() - before) // 1024)
"""


def picture() -> Image.Image:
    """Return a noisy picture of the largest accepted size."""
    tile = Image.effect_noise((2000, 2000), 60).convert("RGB")
    whole = Image.new("RGB", (SIDE, SIDE))
    for left in range(0, SIDE, 2000):
        for top in range(0, SIDE, 2000):
            whole.paste(tile, (left, top))
    return whole


def added() -> Iterator[tuple[str, int]]:
    """Yield each kind of picture and the megabytes that it adds."""
    whole = picture()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "picture"
        for kind, (file_format, mode, options) in KINDS.items():
            source = whole.convert("I") if mode == "I;16" else whole
            source.convert(mode).save(file, file_format, **options)
            answer = subprocess.run(
                [sys.executable, "-c", MEASURE, file],
                env={"PYTHONPATH": str(LAMBDAS)}, capture_output=True, text=True, check=True,
            )  # fmt: skip
            yield kind, int(answer.stdout)


if __name__ == "__main__":
    for kind, megabytes in added():
        print(f"{kind:20} {megabytes:5} MB", flush=True)
