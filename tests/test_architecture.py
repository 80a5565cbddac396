"""The shape of the house, read from the syntax trees: which room uses which, who writes, what a page may
hold.
"""

import ast
import re
import subprocess
from functools import cache
from graphlib import TopologicalSorter
from inspect import signature
from pathlib import Path

import pytest
from streamlit.delta_generator import DeltaGenerator

from poa_core import config

ROOT = Path(__file__).resolve().parent.parent
CORE = sorted((ROOT / "poa_core").rglob("*.py"))
SCRIPTS = sorted((ROOT / "pages").glob("*.py"))
SCREEN = [ROOT / "dashboard.py", *sorted((ROOT / "pages").rglob("*.py"))]
TOP = {
    "dashboard.py",
    "pages",
    "poa_core",
    "data",
    "tests",
    "requirements.txt",
    "README.md",
    "LICENSE",
    "pyproject.toml",
}

# contract, config, moment, links, logbook, names, problems, value_columns, inert: used by all, use none
GROUND = "poa_core"
ROOMS = {
    "figures": ("every figure: the questions, their scope, their one definition in SQL", ""),
    "intake": ("files in: bytes to a table, a table to values and problems; no database", ""),
    "ledger": (
        "what was handed in and kept: uploads, plans, months, people, rights; the file and its snapshots",
        "figures",
    ),
    "words": ("sentences, numbers, months and days in a language; the texts", "figures ledger"),
    "apart": (
        "a file of a stranger read in a confined process, and given back with its problems beside its rows",
        "intake words",
    ),
    "loading": (
        "a file read against the ledger, and what accepting it would do",
        "apart figures intake ledger",
    ),
    "charts": ("frames and words to Plotly figures", "words"),
    "blocks": ("frames and words to markup", "charts figures ledger loading words"),
    "exports": ("workbooks, the report as page and PDF", "blocks charts figures words"),
    "panels": ("what each screen asks and shows, without a screen", "blocks charts exports figures words"),
    "cli": ("the commands", "figures ledger loading words"),
    "pages/shared": (
        "the session, the filters, what every page is made of",
        "charts exports figures ledger loading panels words",
    ),
    "pages/server": (
        "headers, hosts, log-ins and strangers, health, incidents, the stylesheet, news of other uploads",
        "ledger pages/shared",
    ),
    "pages/access": ("who is at the screen", "blocks ledger pages/server pages/shared words"),
    "pages/loading": (
        "the steps of Cargar avance",
        "apart blocks exports figures intake ledger loading pages/access pages/shared panels",
    ),
    "pages/past": (
        "uploads, months, changes, the past, archived plans",
        "blocks exports figures intake ledger loading pages/access pages/loading pages/shared panels words",
    ),
    "pages": (
        "one script a screen",
        (
            "blocks charts exports figures ledger pages/access pages/loading pages/past pages/server "
            "pages/shared panels"
        ),
    ),
    "dashboard": ("the server's start", "pages/server pages/shared"),
}
LIBRARIES = {
    "streamlit": "dashboard pages pages/access pages/loading pages/past pages/server pages/shared",
    "duckdb": "cli figures ledger loading",
    "plotly": "charts exports",
    "jinja2": "blocks",
    "xlsxwriter": "apart exports",
}

WRITING = (
    r"INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP(?:ORARY)?\s+)?TABLE(?!\s+MACRO)"
    r"|ALTER\s+TABLE|DROP\s+TABLE|MERGE\s+INTO|TRUNCATE"
)
COPYING = r"COPY\s+FROM|ATTACH\s|EXPORT\s+DATABASE"
# snapshots.py copies the ledger as a whole: it adds no fact, and reads its copy back before naming it.
WRITERS = {WRITING: {"facts.py", "schema.sql"}, COPYING: {"snapshots.py"}}

SHOWN_BY_ST = {name for name in dir(DeltaGenerator) if not name.startswith("_")}
# A word of these is a setting, an address or a name of ours; any other text argument is for people.
SETTINGS = {
    "key",
    "type",
    "width",
    "height",
    "gap",
    "layout",
    "position",
    "size",
    "mime",
    "file_name",
    "url_path",
    "page_icon",
    "js",
    "css",
    "format",
    "vertical_alignment",
    "label_visibility",
    "persist_state",
    "on_click",
    "selection_mode",
}
NO_ELEMENTS = {"log", "logging", "filters"}  # not elements, whatever their functions are called
# What Streamlit reads as Markdown: these arguments of any element, the options of these.
MARKDOWN = {"label", "body", "help", "text", "caption", "captions", "title", "tabs", "placeholder"}
MARKDOWN_OPTIONS = {"pills", "radio", "segmented_control"}
NUMBERS = {"count"}  # hints of a sentence that are never text


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def name_of(file: Path) -> str:
    """poa_core/blocks/upload.py -> poa_core.blocks.upload."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports(file: Path) -> frozenset[str]:
    """Every module a file names in an import, at its top or inside a function, with the modules above it."""
    named = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = name_of(file).split(".")[: -node.level] if node.level else []
            start = ".".join([*above, *filter(None, [node.module])])
            named |= {start} | {f"{start}.{alias.name}" for alias in node.names}
    return frozenset(".".join(name.split(".")[:n]) for name in named for n in range(1, name.count(".") + 2))


def reached(file: Path) -> set[str]:
    """Every module a file of the core imports, itself or by way of another of the core."""
    files, seen, waiting = {name_of(f): f for f in CORE}, set(), [name_of(file)]
    while waiting:
        module = waiting.pop()
        new = imports(files[module]) - seen if module in files else set()
        seen |= new
        waiting += new
    return seen


def room_of(module: str) -> str:
    """The room a module stands in: poa_core.intake.plan.row -> intake; poa_core.moment -> the ground floor,
    which is everyone's.
    """
    first, *inner = module.split(".")
    if first == "dashboard":
        return first
    if not inner or not (ROOT / first / inner[0]).is_dir():
        return first
    return inner[0] if first == "poa_core" else f"{first}/{inner[0]}"


def uses(file: Path) -> set[str]:
    """The other rooms whose modules a file imports."""
    ours = {
        module for module in imports(file) if module.split(".")[0] in ("poa_core", "pages") and "." in module
    }
    return {room_of(module) for module in ours} - {room_of(name_of(file)), GROUND}


def table_of_rooms() -> str:
    """The table as poa_core/README.md prints it."""
    rows = [
        f"| `{room}` | {what} | {', '.join(f'`{other}`' for other in may.split())} |"
        for room, (what, may) in ROOMS.items()
    ]
    return "\n".join(["| room | what is in it | may use |", "|---|---|---|", *rows])


def texts_of(node: ast.expr, known: dict[str, ast.expr]) -> list[str]:
    """The texts an argument may hold as they stand in the source; a call such as words("a.b") holds none."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return ["".join(part.value if isinstance(part, ast.Constant) else "·" for part in parts)]
        case ast.Name(id=name) if name in known:
            return texts_of(known[name], {})
        case ast.Call(func=ast.Attribute(value=inner)):
            return texts_of(inner, {}) if isinstance(inner, (ast.Constant, ast.JoinedStr)) else []
        case ast.IfExp(body=body, orelse=other):
            return texts_of(body, known) + texts_of(other, known)
        case ast.BinOp(left=left, right=right):
            return texts_of(left, known) + texts_of(right, known)
        case (ast.BoolOp(values=items) | ast.Dict(values=items) | ast.List(elts=items) | ast.Tuple(elts=items)
              | ast.Set(elts=items)):  # fmt: skip
            return [text for item in items for text in texts_of(item, known)]
    return []


def is_for_people(text: str) -> bool:
    """Two words, or a word that begins with a capital, once scripts and tags are taken out."""
    seen = re.sub(r"<script.*?</script>|<[^>]*>", "", text, flags=re.DOTALL)
    two_words, capital = r"[^\W\d_]{2,}[,.:;!?]? +[^\W\d_]", r"(?<![\w.])[A-ZÁÉÍÓÚÑ¿¡][^\W\d_]+"
    return bool(re.search(two_words, seen) or re.search(capital, seen))


def is_shown(call: ast.Call) -> bool:
    """A call of st.something, or of what Streamlit shows things with: left.write, st.sidebar.title."""
    if not isinstance(call.func, ast.Attribute):
        return False
    root = call.func
    while isinstance(root, ast.Attribute):
        root = root.value
    name = root.id if isinstance(root, ast.Name) else ""
    return name == "st" or (name not in NO_ELEMENTS and call.func.attr in SHOWN_BY_ST)


def sentences_shown(source: str) -> list[str]:
    """Texts in the source that a person would read on the screen."""
    module, found = ast.parse(source), []
    given = [(n.targets[0], n.value) for n in ast.walk(module) if isinstance(n, ast.Assign)]
    known = {target.id: value for target, value in given if isinstance(target, ast.Name)}
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and is_shown(call):
            told = [*call.args, *(word.value for word in call.keywords if word.arg not in SETTINGS)]
            found += [text for argument in told for text in texts_of(argument, known) if is_for_people(text)]
    return found


def data_shown(source: str) -> list[str]:
    """Arguments in the source that Streamlit reads as Markdown and that may hold text from data as it is."""
    module = ast.parse(source)
    given = [(n.targets[0], n.value) for n in ast.walk(module) if isinstance(n, ast.Assign)]
    known = {target.id: value for target, value in given if isinstance(target, ast.Name)}
    return [
        f"{ast.unparse(call.func)}({ast.unparse(argument)})"
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and is_shown(call) and call.func.attr != "html"
        for argument in _read_as_markdown(call)
        if not is_ours(argument, known)
    ]


def _read_as_markdown(call: ast.Call) -> list[ast.expr]:
    name = call.func.attr
    method = getattr(DeltaGenerator, name, None)
    named = list(signature(method).parameters)[1:] if method else []
    arguments = dict(zip(named, call.args, strict=False)) | {word.arg: word.value for word in call.keywords}
    read = [value for argument, value in arguments.items() if argument in MARKDOWN]
    if getattr(arguments.get("label_visibility"), "value", None) == "collapsed":
        read.remove(arguments["label"])  # is not drawn, and is read out as it is
    if name == "write":
        read += call.args
    if name in MARKDOWN_OPTIONS:
        read.append(arguments.get("format_func") or arguments["options"])
    return read


def is_ours(node: ast.expr, known: dict[str, ast.expr]) -> bool:
    """Whether a text is ours from end to end, or is made to show literally."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id="literal"):
            return True
        case ast.Name(id=name):
            return name in known and is_ours(known[name], {})
        case ast.Attribute(value=ast.Name(id="str"), attr="upper"):
            return True
        case ast.Lambda(body=body):
            return is_ours(body, known)
        case ast.Call(func=ast.Name(id="literal")):
            return True
        case ast.Call(func=ast.Name(id="words") | ast.Call(func=ast.Name(id="speech")), keywords=hints):
            return {hint.arg for hint in hints} <= NUMBERS
        case ast.IfExp(body=body, orelse=other):
            return is_ours(body, known) and is_ours(other, known)
    return False


def sums_done(source: str) -> list[str]:
    """Divisions and groupings; a slash before a text joins a path."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, (ast.Div, ast.FloorDiv)):
            right = node.right if isinstance(node, ast.BinOp) else node.value
            is_path = isinstance(right, ast.JoinedStr) or isinstance(getattr(right, "value", None), str)
            found += [] if is_path else [ast.unparse(node)]
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found += [ast.unparse(node)] if called in ("groupby", "divmod", "div") else []
    return found


def statements(file: Path) -> list[str]:
    """The texts of a module without its docstrings, or a whole SQL file without comments."""
    if file.suffix == ".sql":
        return [re.sub(r"--.*", "", file.read_text("utf-8"))]
    module = tree(file)
    said = {n.value for n in ast.walk(module) if isinstance(n, ast.Expr)}
    return [
        n.value
        for n in ast.walk(module)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and n not in said
    ]


@pytest.mark.parametrize("file", [*CORE, *SCREEN], ids=name_of)
def test_a_module_uses_the_rooms_its_own_may_use(file):
    room = room_of(name_of(file))
    allowed = (
        {"cli"}
        if name_of(file) == "poa_core.__main__"
        else set()
        if room == GROUND
        else set(ROOMS[room][1].split())
    )
    assert uses(file) <= allowed


def test_every_room_stands_in_the_table_uses_all_it_may_and_none_uses_one_that_uses_it():
    used = {}
    for file in [*CORE, *SCREEN]:
        used.setdefault(room_of(name_of(file)), set()).update(uses(file))
    used.pop(GROUND)
    assert used == {room: set(may.split()) for room, (_, may) in ROOMS.items()}
    assert list(TopologicalSorter(used).static_order())


def test_the_house_is_described_by_the_table_that_is_tested():
    assert table_of_rooms() in (ROOT / "poa_core" / "README.md").read_text("utf-8")


def test_no_room_has_more_modules_than_one_remembers():
    rooms = {file.parent for file in [*CORE, *SCREEN]}
    assert (
        max(len([file for file in room.glob("*.py") if file.name != "__init__.py"]) for room in rooms) <= 15
    )


@pytest.mark.parametrize("file", [f for f in CORE if room_of(name_of(f)) == "charts"], ids=name_of)
def test_charts_reach_no_database_by_any_way(file):
    assert not reached(file) & {"duckdb", "poa_core.figures.metrics"}


@pytest.mark.parametrize(
    "file",
    [f for f in CORE if room_of(name_of(f)) in ("figures", "ledger", "intake", "loading")],
    ids=name_of,
)
def test_what_reckons_and_what_stores_reach_no_plotly_by_any_way(file):
    assert "plotly" not in reached(file)


@pytest.mark.parametrize(("library", "rooms"), LIBRARIES.items())
def test_a_library_is_used_in_its_own_rooms_alone(library, rooms):
    assert {room_of(name_of(file)) for file in [*CORE, *SCREEN] if library in imports(file)} == set(
        rooms.split()
    )


@pytest.mark.parametrize("file", SCREEN, ids=name_of)
def test_a_page_never_imports_another_page(file):
    assert not imports(file) & {name_of(script) for script in SCRIPTS}


@pytest.mark.parametrize("pattern", WRITERS)
def test_only_the_ledger_and_the_schema_write(pattern):
    files = [*CORE, *SCREEN, *(ROOT / "poa_core").rglob("*.sql")]
    writers = {
        f.name for f in files if any(re.search(pattern, text, re.IGNORECASE) for text in statements(f))
    }
    assert writers == WRITERS[pattern]


@pytest.mark.parametrize("file", SCREEN, ids=name_of)
def test_a_page_holds_no_sentence_and_no_sum(file):
    source = file.read_text("utf-8")
    assert not sentences_shown(source)
    assert not sums_done(source)


@pytest.mark.parametrize("file", SCREEN, ids=name_of)
def test_text_from_data_is_shown_literally_by_every_element_that_reads_markdown(file):
    assert not data_shown(file.read_text("utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "st.warning(name)",
        'st.button(words("x.y", name=name))',
        'st.warning(f"{name}")',
        "st.toast(row['division'])",
        'left.caption(words("x.y") + name)',
        'st.pills(words("x.y"), divisions)',
        'st.radio(words("x.y"), names, format_func=lambda name: name)',
        'text = name\nst.write("a" if text else text)',
        'st.button(words("x.y"), help=name)',
        'st.checkbox(label=words(f"x.{a}", **hints))',
        "st.write(block)",
    ],
)
def test_text_from_data_in_an_element_would_be_seen(source):
    assert data_shown(source)


@pytest.mark.parametrize(
    "source",
    [
        'st.warning(words(f"x.{name}"))',
        "st.warning(literal(name))",
        'st.button(words("x.y", count=len(rows)), key=name)',
        'st.selectbox(words("x.y"), names)',  # its list is no Markdown
        'st.pills(words("x.y"), names, format_func=literal)',
        'label = words("x.y")\nst.button(label)',
        'st.text_input(name, label_visibility="collapsed")',
    ],
)
def test_a_sentence_of_ours_in_an_element_passes(source):
    assert not data_shown(source)


def test_no_sentence_waits_in_a_page_to_be_shown():
    # The scripts of a block, a chart, a file and the watch, the headers of an answer and the link to the
    # stylesheet are for the browser.
    files = [
        file
        for file in SCREEN
        if file.name not in ("block.py", "chart.py", "download.py", "headers.py", "stylesheet.py", "watch.py")
    ]
    texts = {
        text for file in files for text in statements(file) if is_for_people(text) and not text.isupper()
    }
    assert not texts - {"streamlit run dashboard.py"}


@pytest.mark.parametrize(
    "source",
    [
        'st.write("Hola a todos")',
        'st.button("Guardar")',
        'left.button("Guardar")',
        'st.sidebar.title("Resumen")',
        'st.text_input("su nombre aquí", key="a")',
        'st.button(words("x.y"), help="Guarda el archivo")',
        'st.error(f"Falló {code}")',
        'text = "Hola a todos"\nst.write(text)',
        'st.selectbox(words("x.y"), ["Uno", "Dos"])',
        'st.write("Hola {}".format(name))',
        'st.caption("sin avance" if empty else words("x.y"))',
        'st.html("<p>Hola a todos</p>")',
        'st.write("Hola " + name)',
        'st.write(words("x.y") or "Hola a todos")',
    ],
)
def test_a_sentence_in_a_page_would_be_seen(source):
    assert sentences_shown(source)


@pytest.mark.parametrize(
    "source",
    [
        'st.button(words("x.y"), key="a")',
        'st.columns([1, 2.5], gap="medium")',
        'st.logo(static / "logo.svg")',
        'st.button(words(f"x.{name}"), key=f"b_{name}", type="primary")',
        'log.error("incident %s", code)',
        'st.session_state.get("file_number")',
        "st.query_params.from_dict(wanted)",
        """st.html(f"<script>document.lang = '{language}'</script>")""",
        'open_ledger(where, "streamlit run dashboard.py")',
    ],
)
def test_a_word_of_ours_in_a_page_passes(source):
    assert not sentences_shown(source)


@pytest.mark.parametrize(
    "source", ["a / b", "a // 2", "a /= n", "100 * a / b", 'frame.groupby("x")', "divmod(a, b)"]
)
def test_a_sum_in_a_page_would_be_seen(source):
    assert sums_done(source)


@pytest.mark.parametrize(
    "source", ['Path(__file__).parent / "static"', 'folder / f"{name}.css"', "a * b", "sorted(group)"]
)
def test_a_path_in_a_page_passes(source):
    assert not sums_done(source)


def test_nothing_else_joins_the_top_of_the_repository():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert listed
    assert not {first for path in listed if not (first := path.split("/")[0]).startswith(".")} - TOP


def test_what_a_run_leaves_in_the_data_folder_is_none_of_the_repositorys():
    here = config.LedgerPaths(ROOT / "data" / "poa.duckdb")
    left = [
        here.database,
        here.wal,
        here.lock,
        here.holder,
        here.log,
        here.snapshots / "poa-1.duckdb",
        here.database.with_suffix(".restoring"),
    ]
    names = [str(path.relative_to(ROOT)) for path in left]
    ignored = subprocess.run(
        ["git", "check-ignore", *names], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    assert sorted(ignored) == sorted(names)
