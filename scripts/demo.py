"""Start the local stack and send it a picture as a stranger would; leave it running."""

import time

from emulator import ROOT
from local_stack import bring_up, current
from thumbnail import make_thumbnail
from user_error import UserError, run_script

SAMPLE = ROOT / "docs" / "images" / "sample.jpg"
TITLE = "We launched it!"
THUMBNAIL = ROOT / "demo.jpg"


def main() -> None:
    """Run the demonstration."""
    try:
        outputs = bring_up(current())
    except KeyboardInterrupt:
        raise UserError("interrupted. Go on: make demo; or stop what was started: make down") from None
    begin = time.monotonic()
    THUMBNAIL.write_bytes(make_thumbnail(outputs["api_url"], SAMPLE, TITLE))
    print(f"sample photo: thumbnail made in {time.monotonic() - begin:.1f} s")
    print(
        f"""
thumbnail  {THUMBNAIL}
page       {outputs["page_url"]}
API        {outputs["api_url"]}

Open the page, or:    make thumbnail IMAGE=photo.jpg TEXT='My title'
A request with curl:  {outputs["curl"]}
Stop it all:          make down"""
    )


if __name__ == "__main__":
    run_script(main)
