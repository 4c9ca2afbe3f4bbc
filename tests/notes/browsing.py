"""Pages in headless Chromium, without a network, asked by a script."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path
from typing import Any

_FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


def asked(page: str, script: str, folder: Path) -> Any:
    """What a script returns when it runs, as the body of an async function, in the page after it is loaded.

    `window.complaints` holds what the page complained of until then.
    """
    listen = """
      window.complaints = [];
      addEventListener("error", event => complaints.push(event.message));
      for (const kind of ["error", "warn"]) console[kind] = (...said) => complaints.push(said.join(" "));
    """
    ask = f"""
      addEventListener("load", async () => {{
        const found = await (async () => {{ {script} }})().catch(error => String(error.stack));
        document.documentElement.innerHTML = "<body><pre id=found></pre></body>";
        document.getElementById("found").textContent = JSON.stringify(found);
      }});
    """
    place = folder / "page.html"
    page = page.replace("<head>", f"<head><script>{listen}</script>", 1)
    place.write_text(page.replace("</body>", f"<script>{ask}</script></body>"), encoding="utf-8")
    return answered(place)


def asked_in_frames(page: str, script: str, widths: tuple[int, ...], folder: Path) -> list[dict[str, Any]]:
    """What a script that looks at frames finds of a page in frames of these widths, one answer for each."""
    frames = "".join(
        f'<iframe title="{width}" style="width:{width}px;height:900px;border:0" srcdoc="{escape(page)}"></iframe>'
        for width in widths
    )
    wrapper = folder / "frames.html"
    text = f"<!doctype html><meta charset=utf-8><script>{script}</script><body>{frames}</body>"
    wrapper.write_text(text, encoding="utf-8")
    return list(answered(wrapper))


def answered(place: Path) -> Any:
    """What a page has written as JSON into <pre id="found">."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    command = [browser, *_FLAGS.split(), f"--user-data-dir={place.parent / 'profile'}"]
    command += ["--virtual-time-budget=20000", "--dump-dom", place.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    (found,) = re.findall(r'<pre id="found">(.*?)</pre>', done.stdout, flags=re.DOTALL)
    return json.loads(unescape(found))
