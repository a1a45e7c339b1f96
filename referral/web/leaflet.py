"""Leaflet out of the package that repackages its files; none of them is kept in this repository."""

import base64
import re
from importlib.resources import files
from pathlib import Path


def leaflet_folder() -> Path:
    """Return the folder of Leaflet's published files."""
    return Path(str(files("js_lib_leaflet") / "static" / "js_lib_leaflet"))


def leaflet_js() -> str:
    """Return Leaflet's script, fit to stand inside a page."""
    script = (leaflet_folder() / "leaflet.js").read_text("utf-8")
    script = re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)
    return script.replace("</script", "<\\/script")


def leaflet_css() -> str:
    """Return Leaflet's style with its images written into it."""
    folder = leaflet_folder()
    style = (folder / "leaflet.css").read_text("utf-8")

    def embedded(found: re.Match[str]) -> str:
        image = base64.b64encode((folder / found[1]).read_bytes()).decode("ascii")
        return f"url(data:image/png;base64,{image})"

    return re.sub(r"url\((images/[a-z0-9-]+\.png)\)", embedded, style)
