"""Start the local stack and send it a picture as a stranger would; leave it running."""

import time

from emulator import ROOT
from local_stack import bring_up, current
from thumbnail import make_thumbnail
from trouble import run

SAMPLE = ROOT / "docs" / "images" / "sample.jpg"
TITLE = "We launched it!"
THUMBNAIL = ROOT / "thumbnail.jpg"


def main() -> None:
    """Run the demonstration."""
    outputs = bring_up(current())
    begin = time.monotonic()
    THUMBNAIL.write_bytes(make_thumbnail(outputs["api_url"], SAMPLE, TITLE))
    print(f"first thumbnail: made in {time.monotonic() - begin:.1f} s, functions started included")
    print(
        f"""
thumbnail  {THUMBNAIL}
page       {outputs["page_url"]}
API        {outputs["api_url"]}

Open the page in a browser, or:  make thumbnail IMAGE=photo.jpg TEXT="My title"
Stop it:                         make down"""
    )


if __name__ == "__main__":
    run(main)
