"""A chart on the page: Plotly's own script, drawn once and from then on updated where it stands.

st.plotly_chart throws its chart away at every change of its data and draws the next one twice, first without
a size.
"""

import json

import streamlit as st
from starlette.responses import Response

from pages.shared.speech import speech
from poa_core import charts
from poa_core.charts import script as drawing

ADDRESS = f"/poa/plotly-{drawing.VERSION}.js"
SCRIPT = """
export default function({data, parentElement}) {
  let root = parentElement.querySelector(':scope > .poa-chart');
  if (!root) {
    root = document.createElement('div');
    root.className = 'poa-chart';
    root.setAttribute('role', 'figure');
    parentElement.appendChild(root);
  }
  root.setAttribute('aria-label', data.alt);
  root.wanted = data;
  root.draw = () => {
    const [width, height, {figure, config}] = [root.clientWidth, root.clientHeight, root.wanted];
    const asked = [figure, width, height].join();
    if (!width || !height || root.shown === asked) return;
    root.shown = asked;
    if (root.said) root.said = root.textContent = '';
    const drawing = JSON.parse(figure);
    window.Plotly.react(root, drawing.data, {...drawing.layout, width, height}, config);
  };
  window.poaPlotly ||= new Promise((came, failed) => {
    const script = document.createElement('script');
    document.head.append(Object.assign(script, {src: data.address, onload: came, onerror: failed}));
  });
  window.poaPlotly.then(() => {
    root.sized ||= new ResizeObserver(root.draw);
    root.sized.observe(root);
    root.draw();
  }, () => {  // what it says is worth more than a blank
    window.poaPlotly = null;
    root.said = root.textContent = data.alt;
  });
  return () => {
    root.sized?.disconnect();
    if (window.Plotly) window.Plotly.purge(root);
    root.shown = root.sized = null;
  };
}
"""

_mounted = st.components.v2.component("poa_chart", js=SCRIPT, isolate_styles=False)


def show(figure: dict, spoken: str, key: str, height: str | int = "stretch") -> None:
    """Put a figure of poa_core on the page, with what it says to who does not see it; height: stretch, or
    px.
    """
    data = {
        "figure": json.dumps(figure, allow_nan=False),
        "config": charts.config(speech()),
        "alt": spoken,
        "address": ADDRESS,
    }
    _mounted(data=data, key=key, height=height)


async def script(request) -> Response:
    """Plotly's script, compressed once for all; its address changes with its version: it may be kept."""
    cache_headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            drawing.compressed(),
            media_type="text/javascript",
            headers={**cache_headers, "content-encoding": "gzip"},
        )
    return Response(drawing.plain(), media_type="text/javascript", headers=cache_headers)
