"""What a run of the load says: its tables, and everything that went wrong in it."""

import json
from collections import defaultdict

import load_marks

CHANGES = ("filter", "page", "activity")
OWN = ("preview", "consequence", "saved", "steps")  # of a leader's own file, which is not accepted yet


def percentile(values: list[float], share: float) -> float:
    """The value that a share (0-1) of the values does not pass."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else float("nan")


def tables(told) -> list[str]:
    """The lines of the tables, in Markdown."""
    phases = (told.alone, told.together, told.calm, told.loading)
    seconds = [
        [seen.answer.seconds for seen in phase.book.answers if seen.kind in CHANGES] for phase in phases
    ]
    rows = [("changes a second", [f"{len(s) / p.lasted:.1f}" for s, p in zip(seconds, phases, strict=True)])]
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("longest", 1.0)):
        rows.append(
            (
                f"from a change to its answer, {name}",
                [f"{1000 * percentile(s, share):.0f} ms" for s in seconds],
            )
        )
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        alone = percentile(seconds[0], share)
        rows.append((f"{name} against one session", [f"{percentile(s, share) / alone:.2f}" for s in seconds]))
    rows.append(
        ("server's processor for an answer", [f"{1000 * p.cpu / len(p.book.answers):.0f} ms" for p in phases])
    )
    mixed = [len(halves(p.book, told.first_version)) for p in phases]
    counts = [
        f"{len(p.book.answers):,}; {len(p.book.faults)}; {wrong}"
        for p, wrong in zip(phases, mixed, strict=True)
    ]
    rows.append(("answers; faults; half-seen uploads", counts))
    head = (
        f"| | one session | {told.sessions} sessions | {told.sessions}, and one that loads | "
        f"{told.sessions}, and two that load |"
    )
    lines = [f"| {name} | {' | '.join(cells)} |" for name, cells in rows]
    return [head, "|---|---|---|---|---|", *lines, "", *_loading(told), "", *_memory(told)]


def _loading(told) -> list[str]:
    names = ("loading", "files accepted", "seen in every session", "accepted to stored, p50", "longest",
             "accepted to seen in every session, p50", "longest")  # fmt: skip
    lines = [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]
    for who, phase in (("one", told.calm), ("two", told.loading)):
        spread, own = spreads(phase.book), [done - sent for sent, done, _ in phase.book.accepted]
        cells = [
            who,
            len(own),
            len(spread),
            *(f"{percentile(values, share):.1f} s" for values in (own, spread) for share in (0.5, 1.0)),
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def _memory(told) -> list[str]:
    at = dict(told.memory)
    each = (at["all have browsed"] - at["one session"]) / max(told.sessions - 1, 1)
    names = [*at, "each further session"]
    return [f"| server's memory, MB | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|",
            f"| | {' | '.join(f'{value:.0f}' for value in at.values())} | {each:.2f} |"]  # fmt: skip


def spreads(book) -> list[float]:
    """Seconds from each accepted file to the moment every open session has it, or a newer one."""
    found = []
    for sent, _, version in book.accepted:
        came = [
            next((when for when, shown in moved if shown >= version), None) for moved in book.moved.values()
        ]
        found += [max(came) - sent] if all(came) else []
    return found


def halves(book, first_version: int) -> list[str]:
    """Every page that shows figures of two uploads, or of another than the version it says."""
    wrong, of_version = [], defaultdict(set)
    alike = defaultdict(set)
    for seen in book.answers:
        blocks = {key: json.loads(widget.json) for key, widget in seen.blocks.items() if key not in OWN}
        found = load_marks.seen(blocks, seen.query)
        numbers = set().union(*found.values())
        if len(numbers) > 1:
            wrong.append(f"half an upload: {seen.kind} {seen.query} {found}")
        if seen.is_whole and "version" in blocks and int(blocks["version"]["version"]) >= first_version:
            version = int(blocks["version"]["version"])
            if len(numbers) == 1:
                of_version[version] |= numbers
            for key in blocks:
                alike[version, seen.script, seen.query, key].add(seen.blocks[key].json)
    wrong += [
        f"version {version} showed files {numbers}"
        for version, numbers in of_version.items()
        if len(numbers) > 1
    ]
    for (version, _, query, key), texts in alike.items():
        wrong += [f"two sessions saw another {key} at version {version}: {query}"] if len(texts) > 1 else []
    return wrong


def faults_of(told, server) -> list[str]:
    """All that went wrong: on a page, in the log, and uploads seen by half."""
    books = (told.others, told.alone.book, told.together.book, told.calm.book, told.loading.book)
    return [
        line for book in books for line in [*book.faults, *halves(book, told.first_version)]
    ] + server.incidents()
