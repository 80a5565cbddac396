"""Names and notes may hold Markdown, addresses, icons and formulas: on the page they are what was typed."""

import json
import os
import subprocess

import pytest
from playwright.sync_api import expect
from serving import ROOT, free_port, settled, starting, until_it_answers

TEXTS = [
    "12) dos", "1.", "+ más", "-", "===", "3.1 EPS (Puno)", "a:b 12:30",
    "**Gerencia**", "__Gerencia__", "*a* y _b_", "~~fuera~~", "`código`", "# Título", "1. uno", "- lista",
    "> cita", "| a | b |", "---", "***", "a\\*b", "[enlace](http://evil.example)", "![x](http://evil.example/x.png)",
    "<b>html</b>", "<img src=x>", "&lt;b&gt; &amp; &copy;", "http://evil.example/x", "https://evil.example",
    "www.evil.example", "ana@eps.pe", "mailto:ana@eps.pe", ":smile:", ":red[rojo]", ":blue-background[x]",
    ":material/delete:", ":streamlit:", ":small[x]", ":red-badge[x]", "$x^2$", "$$x$$", "a -> b", "a <- b",
    "a <-> b", "a -- b", "a >= b", "a <= b", "a ~= b", "[^1]", "[^1]: nota", "H~2~O", "==x==", "=1+1",
    "    sangría", "dos  espacios", "línea\notra", "Área de «Cobranza» (50 %)", "\\", "!", "'", '"',
]  # fmt: skip
MARKED = "a, img, strong, em, del, code, sub, sup, blockquote, hr, table, ol, ul, .katex, [class*=badge]"
READ = f"""(shown) => [shown.innerText, shown.querySelectorAll(
  '[data-testid=stMarkdownContainer] :is({MARKED}, [data-testid=stIconMaterial])').length]"""
ARROW = "keyboard_arrow_right"  # an expander's own
KINDS = 10  # of elements on the page, each with the text once


@pytest.fixture(scope="module")
def page_of_texts():
    port = free_port()
    process = subprocess.Popen(
        starting(port, "tests/browser/literal_page.py"),
        cwd=ROOT,
        env=os.environ | {"POA_TEXTS": json.dumps(TEXTS), "PYTHONPATH": str(ROOT)},
    )
    try:
        until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def test_a_text_from_data_shows_as_it_was_typed_in_every_element(tab, page_of_texts):
    page = tab()
    page.goto(page_of_texts)
    expect(page.locator("[data-testid=stRadio]")).to_have_count(len(TEXTS), timeout=30_000)
    settled(page)
    wrong = {}
    for number, text in enumerate(TEXTS):
        said, drawn = page.locator(f".st-key-shown-{number}").evaluate(READ)
        lines = [line for line in said.replace("\u2060", "").split("\n") if line and line != ARROW]
        if lines != [" ".join(text.split())] * KINDS or drawn:
            wrong[text] = lines, drawn
    assert wrong == {}
