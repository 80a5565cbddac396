"""Those who use the dashboard: visitors that browse and filter, leaders that load a month's file again and
again.
"""

import asyncio
import random
import time
from dataclasses import dataclass, field

import load_marks
from load_session import Answer, Broken, Session

PAGES = ("", "indicadores", "responsables", "historial", "activity")
FILTERS = ("cutoff", "locality", "responsible", "objective")
CUT_OFFS = (0, 6, 9, 10)  # the last month reported, and three months
CODES = ("4.1", "4.2", "1.1", "3.2")
LOOKS_EVERY = 1  # seconds, as the page's own watch
TRIES = 10  # presses of the accept button: another leader's file may come first


@dataclass
class Seen:
    """An answer and what stood on the page after it."""

    kind: str
    answer: Answer
    query: str
    script: str
    blocks: dict[str, object]  # component messages, read when nobody waits
    is_whole: bool  # the frame was drawn with it, and says the version


@dataclass
class Book:
    """What a phase showed: answers, faults, when each person saw which version, each accepted file."""

    answers: list[Seen] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    moved: dict[int, list[tuple[float, int]]] = field(default_factory=dict)
    accepted: list[tuple[float, float, int]] = field(
        default_factory=list
    )  # pressed, answered, the version it made


class Person:
    """A tab and whoever sits before it: one thing at a time, and its page watches for what others load."""

    def __init__(self, port: int, number: int, seed: int = 0) -> None:
        self.session, self.number = Session(port), number
        self.draw, self.busy = random.Random(f"{seed} {number}"), asyncio.Lock()
        self.book = Book()

    async def come(self) -> None:
        """Open a page of one's own."""
        page = PAGES[self.number % len(PAGES)]
        is_activity = page == "activity"
        await self.note(
            "open",
            self.session.open("indicadores" if is_activity else page, "actividad=4.1" if is_activity else ""),
        )

    async def note(self, kind: str, asked) -> Answer | None:
        """Wait for an answer and write down what stands on the page; what goes wrong is a fault."""
        try:
            answer = await asked
        except (Broken, OSError) as broken:
            self.book.faults.append(f"{kind}: {broken}")
            return None
        page = self.session.page
        self.book.faults += [f"{kind}: {said}" for said in page.faults()]
        blocks = {held.key: held.widget for held in page.every("bidi_component")}
        self.book.answers.append(Seen(kind, answer, page.query, page.script, blocks, not page.fragments))
        if not page.fragments:
            self.book.moved.setdefault(self.number, []).append((answer.done, self.shown()))
        return answer

    def shown(self) -> int:
        """The data version of the page as it stands."""
        held = self.session.page.found("bidi_component", "version")
        return int(held.widget.json.split('"version": "')[1].split('"')[0]) if held else 0

    async def watch(self) -> None:
        """As pages/server/watch.py has the browser do it: only the number is asked for, and not at work."""
        told = 0
        await asyncio.sleep(self.draw.random() * LOOKS_EVERY)
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            if self.busy.locked():
                continue
            async with self.busy:
                version = int(await self.session.version())
                if version not in (self.shown(), told):
                    told = version
                    await self.note("moved", self.session.act("version", "moved", str(version)))


class Visitor(Person):
    """Changes a filter, opens an activity, or goes to another page."""

    async def browse(self, first: float, every: float, until: float) -> None:
        """A change each so many seconds; one that could not be in time is left out, not made up for."""
        watching = asyncio.create_task(self.watch())
        try:
            while first < until:
                await asyncio.sleep(max(first - time.perf_counter(), 0))
                async with self.busy:
                    await self.change()
                first += every * max(1, -(-(time.perf_counter() - first) // every))
        finally:
            watching.cancel()

    async def change(self) -> None:
        """One change of what the page shows."""
        session, choice = self.session, self.draw.random()
        if choice < 0.65 and session.page.found("selectbox", "filter "):
            await self.filter(self.draw.choice(FILTERS))
        elif choice < 0.8 and (place := self._list()):
            await self.note("activity", session.act(place, "act", f"open:{self.draw.choice(CODES)}"))
        else:
            await self.note("page", session.go(self.draw.choice(PAGES[:4])))

    async def filter(self, name: str) -> None:
        """Half of the time everything is wanted again."""
        held = self.session.found("selectbox", f"filter {name}")
        offered = CUT_OFFS if name == "cutoff" else range(len(held.widget.options))
        index = self.draw.choice(offered) if self.draw.random() < 0.5 else 0
        await self.note("filter", self.session.set(held, string_value=held.widget.options[index]))

    async def every_choice(self) -> None:
        """Each page and each choice of each filter once: what is made once for all is made then."""
        for page in PAGES[:4]:
            await self.note("page", self.session.go(page))
            for name in FILTERS if self.session.page.found("selectbox", "filter ") else ():
                count = len(self.session.found("selectbox", f"filter {name}").widget.options)
                for index in [*(CUT_OFFS if name == "cutoff" else range(count)), 0]:
                    held = self.session.found("selectbox", f"filter {name}")
                    await self.note("filter", self.session.set(held, string_value=held.widget.options[index]))

    def _list(self) -> str | None:
        return next(
            (key for key in ("plan", "table", "list") if self.session.page.found("bidi_component", key)), None
        )


class Leader(Person):
    """Loads one file after another, each other than the last."""

    async def come(self) -> None:
        await self.note("open", self.session.open("cargar"))

    async def load(self, name: str, content: bytes) -> None:
        """Hand a file in, sign it, say why, accept it, and ask for the next one."""
        async with self.busy:
            await self.note("upload", self.session.upload(name, content))
            for _ in range(TRIES):
                if await self._accept():
                    break
            else:
                self.book.faults.append(f"{name} was not accepted")
            await self.note(
                "next", self.session.set(self.session.found("button", "next"), trigger_value=True)
            )

    async def _accept(self) -> bool:
        session = self.session
        signed = (("text_input", "person", {"string_value": f"Jefatura {self.number}"}),
                  ("text_input", "reason", {"string_value": "Corrige el mes"}),
                  ("checkbox", "confirmed", {"bool_value": True}))  # fmt: skip
        for kind, key, value in signed:
            held = session.page.found(kind, key)
            if held and not self._says(held, value):
                await self.note("sign", session.set(held, **value))
        answer = await self.note("accept", session.set(session.found("button", "accept"), trigger_value=True))
        if answer and session.page.found("bidi_component", "saved"):
            self.book.accepted.append((answer.sent, answer.done, self.shown()))
            return True
        return False

    def _says(self, held, value: dict) -> bool:
        kept = self.session.set_to.get(held.widget.id)
        return kept is not None and all(getattr(kept, name) == told for name, told in value.items())

    async def look_on(self, seconds: float) -> None:
        """Load nothing, and watch as any page does."""
        watching = asyncio.create_task(self.watch())
        await asyncio.sleep(seconds)
        watching.cancel()

    async def load_until(self, numbers, every: float, until: float) -> None:
        """A file each so many seconds, watching as any page does."""
        watching = asyncio.create_task(self.watch())
        try:
            while time.perf_counter() < until and (number := next(numbers, None)) is not None:
                begun = time.perf_counter()
                await self.load(f"prueba-{number:03d}.csv", load_marks.month(number))
                await asyncio.sleep(max(begun + every - time.perf_counter(), 0))
        except Broken as broken:
            self.book.faults.append(str(broken))
        finally:
            watching.cancel()
