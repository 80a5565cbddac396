"""A page judged by axe: its faults, once it stands still, from its head to its foot."""

from functools import cache

from axe_playwright_python.sync_playwright import Axe

# Streamlit's own: its sparkline, its date field's segments, its uploader, a grid with its index shown.
STREAMLITS_OWN = {"svg-img-alt", "target-size", "presentation-role-conflict", "empty-table-header"}


@cache
def axe() -> Axe:
    return Axe()


# What a run left standing fades in again over a moment: its contrast is judged when it stands.
STANDS = """() => document.querySelector("[data-test-script-state=notRunning]")
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]")
    && document.getAnimations().every(a => !(a instanceof CSSTransition) || a.playState !== "running")"""


# How much of the page is below the window's edge.
BELOW = """() => Math.max(...[
    ...document.querySelectorAll("[data-testid=stMain], [data-testid=stSidebarContent]")]
    .map(e => e.scrollHeight - e.clientHeight))"""


# Counts what goes stale, fades or is only now drawn, from here on: a block's script may come after the run's
# end.
WATCHED = """() => {
    window.poaMoved = 0;
    if (window.poaWatched) return;
    window.poaWatched = new MutationObserver(() => window.poaMoved++);
    window.poaWatched.observe(document.querySelector("[data-testid=stMain]"),
        {subtree: true, childList: true, attributeFilter: ["data-stale"]});
    document.addEventListener("transitionrun", () => window.poaMoved++, true);
}"""


LOOKS = 5  # a page that never stands still is judged as it is


def standing_in_the_window(page) -> None:
    """Wait until the page stands, in a window that holds all of it: what is below the edge is not judged for
    its contrast.
    """
    for _ in range(LOOKS):
        page.wait_for_function(STANDS)
        below = page.evaluate(BELOW)
        if not below:
            return
        page.set_viewport_size({**page.viewport_size, "height": page.viewport_size["height"] + below})


# What the same page may break in another theme.
OF_COLOUR = ("color-contrast", "link-in-text-block")


def found(page, *rules: str) -> dict[str, list[str]]:
    """Rule -> what breaks it, of those rules or of all, but for Streamlit's own, of a page that stood still
    and whole while it was judged.
    """
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    for _ in range(LOOKS):
        standing_in_the_window(page)
        page.evaluate(WATCHED)
        answer = axe().run(page, options=options).response
        if not page.evaluate("window.poaMoved") and not page.evaluate(BELOW):
            break
    return {
        v["id"]: [f"{node['html'][:160]} {node['failureSummary']}" for node in v["nodes"]]
        for v in answer["violations"] if v["id"] not in STREAMLITS_OWN
    }  # fmt: skip
