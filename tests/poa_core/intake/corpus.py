"""Progress files as they come, each with what must become of it: in a sentence, and as values or problems."""

from dataclasses import dataclass, field, replace
from datetime import date

from bad_files import BAD_FILES, PLAN, activity
from corpus_books import (
    HOME,
    SHEET,
    STRINGS,
    Formula,
    Share,
    Shown,
    by_another_program,
    by_hand,
    changed,
    part,
    rebuilt,
    row_xml,
    workbook,
)  # fmt: skip
from good_files import GOOD_FILES, VALUES

from poa_core.contract import MAX_COLUMNS, MAX_FIELD, MAX_PROBLEMS, MAX_ROWS, PlanKnowledge, ProgressFile, Table
from poa_core.intake.values.numbers import plain

TEN = replace(PLAN, activities=PLAN.activities | {"5.10": activity("5.10", "Conexiones", "sum", "higher")})
TEN_ONLY = replace(TEN, activities={code: one for code, one in TEN.activities.items() if code != "5.1"})

Said = tuple[str, int | str, str]  # code, month and value; a remark is told as =text, a value taken back as retirar
Problem = tuple[str, int | None, str | None]  # code, row, column


@dataclass(frozen=True)
class Case:
    """A file and its outcome. A file is refused where no value is given; problems are all of them, in order."""

    outcome: str
    content: bytes
    says: tuple[Said, ...] = ()
    problems: tuple[Problem, ...] = ()
    file_name: str = "avance.xlsx"
    decimal: str | None = None
    plan: PlanKnowledge = field(default=PLAN, hash=False)


def told(value) -> Said:
    """A value as the corpus writes it; its month with a locality where it has one of its own."""
    month = value.month if value.locality == "EPS" else f"{value.month} {value.locality}"
    if value.reported is None:
        return value.code, month, "retirar" if value.retracted else f"={value.cause or value.measure or value.note}"
    return value.code, month, plain(value.reported)


def csv(outcome: str, text: str, *outcomes, **more) -> Case:
    return case(outcome, text.encode(), *outcomes, file_name=more.pop("file_name", "avance.csv"), **more)


def case(outcome: str, content: bytes, *outcomes, **more) -> Case:
    """outcomes holds values (code, month, value) and problems (code, row, column), told apart by their second part's place."""
    says = tuple(o for o in outcomes if o[0] in (*TEN.activities,))
    return Case(outcome, content, says, tuple(o for o in outcomes if o not in says), **more)


LONG = ["codigo", "mes", "avance"]
ROW = ["5.3", "mar", 25]
OUT = ("5.3", 3, "25")


def one(*rows, **more) -> bytes:
    """A workbook of one long sheet."""
    return workbook([LONG, *rows], **more)


GOOD_BOOKS = (
    case("A plain workbook gives its values.", one(ROW, ["1.2", "abr", 9.5]), OUT, ("1.2", 4, "9.5")),
    case("A workbook of another program gives the same.", by_another_program([LONG, ROW, [5.3, date(2010, 4, 1), 1.525]]), OUT,
         ("5.3", 4, "1.525")),
    case("A workbook under a name that says CSV is read for what it is.", one(ROW), OUT, file_name="avance.csv"),
    case("A workbook with macros by its name is read the same.", one(ROW), OUT, file_name="avance.xlsm"),
    case("A number cell is never ambiguous: 1.525 is one and a half.", one(["5.3", "mar", 1.525]), ("5.3", 3, "1.525")),
    case("A number cell stands beside texts with decimal commas.", one(["5.3", "mar", 1.525], ["5.3", "abr", "2,5"]),
         ("5.3", 3, "1.525"), ("5.3", 4, "2.5")),
    case("A number cell stands beside texts with thousands points.", one(["5.3", "mar", 2.75], ["5.3", "abr", "1.234,5"]),
         ("5.3", 3, "2.75"), ("5.3", 4, "1234.5")),
    case("0.1 + 0.2 is 0.3, as the sheet shows it.", one(["5.3", "mar", 0.1 + 0.2]), ("5.3", 3, "0.3")),
    case("The seventeen digits that a file holds are the fifteen that the sheet shows.",
         by_hand(row_xml(1, *LONG) + row_xml(2, "1.2", "mar", 0.30000000000000004)), ("1.2", 3, "0.3")),
    case("A share of 0.295 under a percent format is 29.5, though it is shown as 30 %.", one(["1.2", "mar", Share(0.295, "0%")]),
         ("1.2", 3, "29.5")),
    case("A share under a format with sections and colours is a share.",
         one(["1.2", "mar", Share(0.5, '0.0%;[Red]-0.0%')]), ("1.2", 3, "50")),
    case("A percent sign written literally by the format changes no number.", one(["1.2", "mar", Shown(30, '0.0"%"')]),
         ("1.2", 3, "30")),
    case("An escaped percent sign changes no number either.", one(["1.2", "mar", Shown(30, r"0\%")]), ("1.2", 3, "30")),
    case("A number under a format in soles is that number.", one(["R1", "mar", Shown(187000.5, '"S/" #,##0.00')]),
         ("R1", 3, "187000.5")),
    case("Soles without quotes in the format are no seconds.", one(["R1", "mar", Shown(187000, "S/ #,##0.00")]),
         ("R1", 3, "187000")),
    case("A number shown with no decimals keeps them.", one(["5.3", "mar", Shown(12.75, "0")]), ("5.3", 3, "12.75")),
    case("A date cell names its month.", one(["5.3", date(2010, 3, 1), 25]), OUT),
    case("A date in mid month names its month.", one(["5.3", date(2010, 3, 17), 25]), OUT),
    case("A day's number without a format names its month.", one(["5.3", 40238, 25]), OUT),
    case("A month as a number names itself.", one(["5.3", 3, 25]), OUT),
    case("A month as a text names itself.", one(["5.3", "2010-03", 25], ["1.2", "Abril", 9]), OUT, ("1.2", 4, "9")),
    case("A date of a workbook that counts from 1904 is the same day.",
         changed(one(["5.3", Shown(40238 - 1462, "mmm-yy"), 25]), HOME, b"<workbookPr ", b'<workbookPr date1904="1" '), OUT),
    case("A code stored as a number is that code where it can be one only.", one([5.3, "mar", 25]), OUT),
    case("A code that lost its zero is the only one equal to it.", one([5.1, "mar", 1]), ("5.10", 3, "1"), plan=TEN_ONLY),
    case("A code as a text is exact where a number would not be.", one(["5.10", "mar", 1], ["5.1", "mar", 1]),
         ("5.10", 3, "1"), ("5.1", 3, "1"), plan=TEN),
    case("A formula gives the value it was saved with.", one(["5.3", "mar", Formula("=20+5", 25)]), OUT),
    case("A formula that gives an empty text says nothing.", changed(one(ROW, ["5.3", "abr", Formula("=A9", "x")]), SHEET, b"<v>x</v>", b"<v></v>"), OUT),
    case("A formula that gives a text gives a text.", one(["5.3", Formula('="m"&"ar"', "mar"), 25]), OUT),
    case("A formula of a totals row without a value is left out with the row.",
         changed(one(ROW, ["Total", "", Formula("=C2", 25)]), SHEET, b"<f>C2</f><v>25</v>", b"<f>C2</f>"),
         OUT, ("totals_row", 3, None)),
    case("A formula above the header is nobody's concern.",
         workbook([["Al", Formula("=TODAY()", 0)], LONG, ROW], recalculates=True), OUT),
    case("A title, blank rows and a totals row stand around the data.",
         workbook([["Avance de marzo"], [], LONG, ROW, [], ["1.2", "abr", 9], ["TOTAL", None, 34]]),
         OUT, ("1.2", 4, "9"), ("totals_row", 7, None)),
    case("A merged title is a title.",
         workbook([[], LONG, ROW], merged=[("A1:C1", "Avance de marzo de la Gerencia")]), OUT),
    case("A table that begins at D7 is read where it stands.",
         workbook([LONG, ROW, ["Suma", None, 25]], first_row=6, first_column=3), OUT, ("totals_row", 9, None)),
    case("A header said twice is left out once.", one(ROW, LONG, ["1.2", "abr", 9]), OUT, ("1.2", 4, "9"), ("repeated_header", 3, None)),
    case("Rows not filled in say nothing.", one(ROW, ["5.3", "abr", None], ["1.2", "abr", ""], ["1.2", "may", "  "]), OUT),
    case("Marks for not reported are told.", one(ROW, ["5.3", "abr", "-"], ["5.3", "may", "s/d"]), OUT,
         ("not_reported_mark", 3, "avance"), ("not_reported_mark", 4, "avance")),
    case("A zero is a report.", one(["5.3", "mar", 0]), ("5.3", 3, "0")),
    case("A value is taken back.", one(["5.3", "feb", "retirar"]), ("5.3", 2, "retirar")),
    case("A negative stands where it may.", one(["6.1", "mar", -5], ["6.1", "abr", "(5)"]), ("6.1", 3, "-5"), ("6.1", 4, "-5")),
    case("Formulas as texts are texts.",
         workbook([[*LONG, "causa"], [*ROW, "=HYPERLINK(1)"], ["5.3", "abr", None, "@todos"]]), OUT, ("5.3", 4, "=@todos")),
    case("What looks like an escape and was typed is the text as typed.",
         workbook([[*LONG, "causa"], ["5.3", "mar", None, "a_x0000_b"]]), ("5.3", 3, "=a_x0000_b")),
    case("A remark alone is kept.", workbook([[*LONG, "medida"], ["5.3", "mar", None, "cortar"]]), ("5.3", 3, "=cortar")),
    case("What our own template carries along is not loaded and not told.",
         workbook([["codigo", "actividad", "unidad", "mes", "programado", "ultimo_reportado", "avance", "responsable", "problemas"],
                   ["5.3", "x", "Conexiones", "mar", 30, 20, 25, "División", ""]]), OUT),
    case("A visible sheet beside is left where it has no header of ours.",
         workbook([["Notas"], ["algo"]], [LONG, ROW], names=["Notas", "Avance"]), OUT),
    case("A sheet without codes beside ours is left.",
         workbook([["mes", "avance"], ["mar", 1]], [LONG, ROW], names=["Resumen", "Avance"]), OUT),
    case("A hidden sheet is left out with a notice.",
         workbook([LONG, ROW], [LONG, ["5.3", "abr", 99]], hidden=[1]), OUT, ("hidden_sheets", None, None)),
    case("The visible sheet is read though the first one is hidden.",
         workbook([LONG, ["5.3", "abr", 99]], [LONG, ROW], hidden=[0]), OUT, ("hidden_sheets", None, None)),
    case("A sheet that lies about its size loses no row.",
         by_hand(row_xml(1, *LONG) + row_xml(2, *ROW) + row_xml(3, "1.2", "abr", 9), dimension="A1:B2"), OUT, ("1.2", 4, "9")),
    case("A sheet that says it is as large as can be costs nothing.",
         by_hand(row_xml(1, *LONG) + row_xml(2, *ROW), dimension="A1:XFD1048576"), OUT),
    case("Rows and cells that do not say where they stand follow one another.", by_hand(row_xml(None, *LONG) + row_xml(None, *ROW)), OUT),
    case("A row at the very end of the sheet is read in its place.",
         by_hand(row_xml(1, *LONG) + row_xml(2, *ROW) + row_xml(1048576, "1.2", "abr", 9)), OUT, ("1.2", 4, "9")),
    case("A far cell that is blank is nothing.",
         by_hand(row_xml(1, *LONG) + row_xml(2, *ROW).replace("</row>", '<c r="XFD2" s="0"/></row>')), OUT),
    case("Blank columns at the end are no columns.", workbook([[*LONG, "", ""], [*ROW, "", " "]]), OUT),
    case("A text of several runs and readings above it is one text.",
         by_hand(row_xml(1, *LONG) + '<row r="2"><c t="inlineStr"><is><r><t>5</t></r><r><t>.3</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
                 '<c t="str"><v>mar</v></c><c><v>25</v></c></row>'), OUT),
    case("A sheet under another name in the package is found.",
         rebuilt(one(ROW), {SHEET: None, "xl/_rels/workbook.xml.rels": lambda x: x.replace(b"worksheets/sheet1.xml", b"/xl/Hoja 1.xml")},
                 {"xl/Hoja 1.xml": part(one(ROW), SHEET)}), OUT),
)  # fmt: skip


def damaged(outcome: str, content: bytes, code: str = "damaged_workbook", **more) -> Case:
    return case(outcome, content, (code, None, None), **more)


_BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
_OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_SOUND = row_xml(1, *LONG) + row_xml(2, *ROW)

BAD_BOOKS = (
    damaged("A workbook cut in half is refused.", one(ROW)[:2000]),
    damaged("A workbook cut after its first bytes is refused.", one(ROW)[:60]),
    damaged("A workbook without its last byte is refused.", one(ROW)[:-1]),
    damaged("A workbook with a broken part is refused.", rebuilt(one(ROW), {SHEET: lambda x: x[: len(x) // 2]})),
    damaged("A workbook without its sheet's part is refused as one without a table.", rebuilt(one(ROW), {SHEET: None}), "no_header"),
    damaged("A workbook without shared texts is damaged.", rebuilt(one(ROW), {STRINGS: None})),
    damaged("A text that is not among the shared ones is damage.", changed(one(ROW), SHEET, b'<c r="A2" t="s"><v>3', b'<c r="A2" t="s"><v>99')),
    damaged("A text before the first of the shared ones is damage.", changed(one(ROW), SHEET, b'<c r="A2" t="s"><v>3', b'<c r="A2" t="s"><v>-1')),
    damaged("A number that is none is damage.", changed(one(ROW), SHEET, b"<v>25</v>", b"<v>2_5</v>")),
    damaged("A row that stands twice is damage.", by_hand(_SOUND + row_xml(2, "1.2", "abr", 9))),
    damaged("A cell of another row is damage.", by_hand(_SOUND.replace('<row r="2"><c ', '<row r="2"><c r="A7" '))),
    damaged("A row of more cells than a sheet has columns is damage.", by_hand(_SOUND + "<row>" + "<c/>" * 17_000 + "</row>")),
    damaged("A row beyond the last is damage.", by_hand(row_xml(1, *LONG) + row_xml(1048577, *ROW))),
    damaged("A workbook with a checksum that fails is damaged.", one(ROW).replace(b"\x50\x4b\x01\x02", b"\x50\x4b\x01\x03", 1)),
    damaged("A bomb of entities is refused.", by_hand(_SOUND, prolog=_BOMB), "unsafe_workbook"),
    damaged("An entity from outside is refused.", by_hand(_SOUND, prolog=_OUTSIDE), "unsafe_workbook"),
    damaged("A bomb of entities among the shared texts is refused.",
            rebuilt(one(ROW), {STRINGS: lambda x: x.replace(b"<sst", _BOMB.encode() + b"<sst")}), "unsafe_workbook"),
    damaged("A bomb of entities in the workbook's own part is refused.",
            rebuilt(one(ROW), {HOME: lambda x: x.replace(b"<workbook", _BOMB.encode() + b"<workbook", 1)}), "unsafe_workbook"),
    damaged("A bomb in UTF-16 is refused.",
            rebuilt(by_hand(""), {SHEET: lambda _: (_BOMB + "<worksheet/>").encode("utf-16")}), "unsafe_workbook"),
    damaged("A small file that unpacks to very much is refused.",
            rebuilt(one(ROW), {}, {"xl/media/image1.bmp": bytes(20_000_000)}), "workbook_too_large"),
    damaged("A sheet of very many blank cells in few bytes is refused.",
            by_hand(_SOUND + "<row>" + "<c/>" * 5_000_000 + "</row>"), "workbook_too_large"),
    damaged("A zip with a workbook in it is an archive.",
            rebuilt(by_hand(""), {"_rels/.rels": None, "[Content_Types].xml": None}), "archive_file"),
    damaged("A binary workbook is another kind.", rebuilt(one(ROW), {}, {"xl/workbook.bin": b"x"}), "other_workbook", file_name="a.xlsb"),
    damaged("A workbook without sheets has no table.",
            rebuilt(one(ROW), {HOME: lambda x: x.replace(x[x.index(b"<sheets>"):x.index(b"</sheets>")], b"<sheets>")}), "no_header"),
    damaged("An empty sheet has no header.", workbook([]), "no_header"),
    damaged("A sheet of notes has no header.", workbook([["Estimados"], ["Adjunto el avance"]]), "no_header"),
    case("Two sheets of ours are refused.", workbook([LONG, ROW], [LONG, ROW], names=["Enero", "Febrero"]), ("several_sheets", None, None)),
    case("A workbook whose only table is hidden has none.", workbook([LONG, ROW], [["x"]], hidden=[0]),
         ("no_header", None, None), ("hidden_sheets", None, None)),
    case("A header alone is told.", one(), ("header_only", 1, None)),
    case("A cell at the far end of the sheet is refused.",
         by_hand(_SOUND.replace("</row>", "</row>", 1)[: -len("</row>")] + '<c r="XFD2"><v>1</v></c></row>'), ("too_many_columns", 2, None)),
    case("A cell at the last corner of the sheet is refused.", by_hand(_SOUND + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
         ("too_many_columns", 1048576, None)),
    case("A column too many is refused.", workbook([[*LONG, *(f"c{n}" for n in range(MAX_COLUMNS - 2))], ROW]), ("too_many_columns", 1, None)),
    case("Data beside the table without a header is refused.", one([*ROW, None, "nota"]), ("unnamed_column", 1, None)),
    case("A formula that was never computed is refused where it stands.",
         changed(one(["5.3", "mar", Formula("=1+1", 2)], ["5.3", "abr", 3]), SHEET, b"<f>1+1</f><v>2</v>", b"<f>1+1</f><v></v>"),
         ("formula_not_computed", 2, "avance")),
    case("A program that saves formulas without values is told so.", by_another_program([LONG, ["5.3", "mar", "=1+1"]]),
         ("formula_not_computed", 2, "avance")),
    case("A month that was never computed is refused.",
         changed(one(["5.3", Formula("=A9", 3), 2]), SHEET, b"<f>A9</f><v>3</v>", b"<f>A9</f>"), ("formula_not_computed", 2, "mes")),
    case("A header that was never computed is refused.",
         changed(workbook([["codigo", "mes", "avance", Formula("=A9", 3)], ROW]), SHEET, b"<f>A9</f><v>3</v>", b"<f>A9</f>"),
         ("formula_not_computed", 1, "=A9"), ("ignored_column", 1, "=A9")),
    case("The zeros that a program writes for formulas it cannot compute are no values.",
         one(["5.3", "mar", Formula("=1+1", 0)], recalculates=True), ("formula_not_computed", 2, "avance")),
    case("An error of a formula is told as Excel shows it.", one(["5.3", "mar", Formula("=1/0", "#DIV/0!")]), ("excel_error", 2, "avance")),
    case("A value that is not there is no mark for not reported.", one(["5.3", "mar", Formula("=NA()", "#N/A")]), ("excel_error", 2, "avance")),
    case("True is no number.", one(["5.3", "mar", True]), ("not_a_number", 2, "avance")),
    case("A date is no number.", one(["5.3", "mar", date(2010, 3, 1)]), ("not_a_number", 2, "avance")),
    case("A code that Excel made a date is unknown.", one([date(2010, 3, 5), "mar", 1]), ("unknown_code", 2, "codigo")),
    case("A code that may be 5.1 or 5.10 is refused.", one([5.1, "mar", 1]), ("ambiguous_code", 2, "codigo"), plan=TEN),
    case("A share of a count is refused.", one(["5.3", "mar", Share(0.3)]), ("unexpected_percent", 2, "avance")),
    case("A share above 100 % is refused where it cannot be.", one(["1.1", "mar", Share(1.3)]), ("percentage_impossible", 2, "avance")),
    case("A number too large is refused.", one(["5.3", "mar", 1e12]), ("number_too_large", 2, "avance")),
    case("A number beyond all counting is refused.", one(["5.3", "mar", 1e300]), ("scientific_number", 2, "avance")),
    case("A negative count is refused.", one(["5.3", "mar", -1]), ("negative_number", 2, "avance")),
    case("A text that may be two numbers is asked about, though number cells stand beside.",
         one(["5.3", "mar", "1.525"], ["5.3", "abr", 2.5]), ("ambiguous_number", 2, "avance")),
    case("Two number styles in texts are refused.", one(["5.3", "mar", "1,5"], ["5.3", "abr", "1.25"]), ("two_number_styles", 3, "avance")),
    case("A null character written as Excel escapes it is told.", changed(workbook([[*LONG, "causa"], [*ROW, "a#b"]]), STRINGS, b"a#b", b"a_x0000_b"),
         ("nul_character", 2, "causa")),
    case("A text over the limit is told.", by_hand(row_xml(1, *LONG, "causa") + row_xml(2, *ROW, "a" * (MAX_FIELD + 1))),
         ("field_too_long", 2, "causa")),
    case("Too many rows are refused.", by_hand(row_xml(1, *LONG) + "".join(row_xml(n, "5.3", "mar", n) for n in range(2, MAX_ROWS + 3))), ("too_many_rows", None, None)),
    case("A month merged over rows says its first row's month only.",
         workbook([LONG, ["5.3", None, 25], ["1.2", None, 9]], merged=[("B2:B3", "mar")]), ("missing_month", 3, "mes")),
    case("A plan is no progress.", workbook([["codigo", "sentido", "ene"], ["5.3", "mayor", 5]]), ("plan_as_progress", 1, None)),
    case("Columns twice are refused.", workbook([[*LONG, "Avance"], [*ROW, 1]]), ("duplicate_column", 1, "Avance")),
    case("Nothing reported is told.", one(["5.3", "mar", None]), ("nothing_reported", None, None)),
)  # fmt: skip

WIDE = (
    csv("Each filled month of a wide row is a value.", "codigo;ene;feb;mar\n1.2;1,5;;3\n5.3;;7;\n", ("1.2", 1, "1.5"), ("1.2", 3, "3"),
        ("5.3", 2, "7")),
    csv("Months are read as their names are written.", "codigo,enero,FEB,Mar-10,2010-04,05/2010,set,oct-2010\n1.2,1,2,3,4,5,9,10\n",
        *(("1.2", m, str(m)) for m in (1, 2, 3, 4, 5, 9, 10))),
    case("Dates as headers are months.", workbook([["codigo", date(2010, 1, 1), date(2010, 2, 1)], ["1.2", 1, 2.5]]),
         ("1.2", 1, "1"), ("1.2", 2, "2.5")),
    case("A wide workbook mixes shares and numbers.", workbook([["Código", "Actividad", "ene", "feb"], ["1.2", "x", Share(0.295), 30]]),
         ("1.2", 1, "29.5"), ("1.2", 2, "30")),
    csv("A wide row belongs to its locality.", "codigo;localidad;mar\n5.3;Puno;1\n5.3;Ilave;2\n", ("5.3", "3 Puno", "1"), ("5.3", "3 Ilave", "2")),
    csv("A cause belongs to the one month that its row reports.", "codigo;mar;abr;causa\n5.3;1;-;lluvias\n", ("5.3", 3, "1"),
        ("not_reported_mark", 2, "abr")),
    csv("A value is taken back in its month's column.", "codigo;ene;feb\n5.3;;retirar\n", ("5.3", 2, "retirar")),
    csv("Zeros of a wide row are reports.", "codigo;mar;abr\n5.3;0;0\n", ("5.3", 3, "0"), ("5.3", 4, "0")),
    csv("A wide row with nothing says nothing.", "codigo;mar\n5.3;1\n1.2;\n", ("5.3", 3, "1")),
    csv("A totals column is left out with a notice.", "codigo;mar;abr;Total\n5.3;1;2;3\n", ("5.3", 3, "1"), ("5.3", 4, "2"),
        ("ignored_column", 1, "Total")),
    csv("A totals row of a wide file is left out.", "codigo;mar;abr\n5.3;1;2\nTotal;1;2\n", ("5.3", 3, "1"), ("5.3", 4, "2"),
        ("totals_row", 3, None)),
    csv("A wide file follows one convention.", "codigo;mar;abr\n5.3;1.234;2,5\n", ("5.3", 3, "1234"), ("5.3", 4, "2.5")),
    csv("A wide file whose numbers are ambiguous is asked about in its month.", "codigo;mar;abr\n5.3;1.234;2\n", ("ambiguous_number", 2, "mar")),
    csv("An answer settles a wide file.", "codigo;mar\n5.3;1.234\n", ("5.3", 3, "1234"), decimal="comma"),
    csv("Two number styles name the month's own column.", "codigo;mar;abr\n5.3;1,5;2.5\n", ("two_number_styles", 2, "abr")),
    csv("A bad cell of a wide row names its month's header.", "codigo;mar;Abril 2010\n5.3;1;x\n", ("not_a_number", 2, "Abril 2010")),
    csv("An unknown code of a wide row is told once.", "codigo;mar;abr;may\n9.9;1;2;3\n", ("unknown_code", 2, "codigo")),
    csv("An unknown code is told though its row reports nothing.", "codigo;mar\n9.9;\n5.3;1\n", ("unknown_code", 2, "codigo")),
    csv("An unknown locality of a wide row is told once.", "codigo;localidad;mar;abr\n5.3;Juli;1;2\n", ("unknown_locality", 2, "localidad")),
    csv("A code twice is told for each month that it says twice.", "codigo;mar;abr\n5.3;1;2\n5.3;;3\n", ("duplicate_key", 3, "codigo")),
    csv("A month of another year is refused.", "codigo;ene-10;feb-11\n5.3;1;2\n", ("wrong_year", 1, "feb-11")),
    csv("A month twice is refused.", "codigo;mar;marzo\n5.3;1;2\n", ("duplicate_column", 1, "marzo")),
    csv("A misspelled month is refused, for its values would be lost.", "codigo;agosot;set\n5.3;1;2\n", ("misspelled_column", 1, "agosot")),
    csv("A cause beside several months is refused.", "codigo;mar;abr;causa\n5.3;1;2;lluvias\n", ("remark_of_which_month", 2, "causa")),
    csv("A cause beside no month is refused.", "codigo;mar;causa\n5.3;;lluvias\n1.2;1;\n", ("remark_of_which_month", 2, "causa")),
    csv("Initials are no months.", "codigo;localidad;E;F;M\n5.3;EPS;1;2;3\n", ("missing_column", 1, "mes"), ("missing_column", 1, "avance"),
        ("ignored_column", 1, "E"), ("ignored_column", 1, "F"), ("ignored_column", 1, "M")),
    csv("A column of months without months is not wide.", "codigo;mes;ene\n5.3;mar;1\n", ("missing_column", 1, "avance"), ("ignored_column", 1, "ene")),
    csv("A short wide row is told.", "codigo;mar;abr\n5.3;1\n", ("short_row", 2, None)),
    csv("The whole plan's file is no progress.", "anio,entidad,proceso,codigo,agregacion,sentido,meta,ene\n2010,E,P,5.3,suma,mayor,1,1\n",
        ("plan_as_progress", 1, None)),
    csv("The file of processes is no progress.", "anio,entidad,proceso,lider,sentido\n2010,E,P,L,menor\n", ("plan_as_progress", 1, None)),
)  # fmt: skip

_CEPLAN = "Código AO;Actividad Operativa;Unidad de Medida;Centro de Costo"
_KINDS = [f"{kind} {month:02}" for kind in ("F(CS)", "F(RE)", "F(SE)") for month in range(1, 13)]

CEPLAN = (
    csv("CEPLAN's sheet as it is exported: BOM, semicolons, decimal commas, months to come blank.",
        "\ufeff" + ";".join([_CEPLAN, *_KINDS]) + "\n" + ";".join(["5.3", "Ampliar", "Conexiones", "DC", *["10,5"] * 24, "10,25", "0", "12", *[""] * 9]) + "\n",
        ("5.3", 1, "10.25"), ("5.3", 2, "0"), ("5.3", 3, "12"), plan=replace(PLAN, reported={})),
    csv("Money beside the amounts is not loaded.", f"{_CEPLAN};F(CS) 01;F(SE) 03;M(CS) 01;M(SE) 03\n5.3;a;b;c;1;25;1000;2000\n", OUT),
    csv("Headers are read without their zeros, in small letters and with blanks.", "codigo actividad; f (se) 3 ;F(SE)4\n5.3;25;7\n", OUT, ("5.3", 4, "7")),
    csv("What a CEPLAN sheet notes is noted of the plan.", f"{_CEPLAN};F(CS) 01;F(SE) 03;F(SE) 04;Observaciones\n5.3;a;b;c;1;25;7;nota del plan\n", OUT,
        ("5.3", 4, "7")),
    csv("A plan's own columns beside CEPLAN's are known.", "codigo;agregacion;sentido;meta;F(RE) 01;F(SE) 03\n5.3;suma;mayor;300;1;25\n", OUT),
    case("CEPLAN's sheet as a workbook.",
         workbook([["POI 2010"], [], [*_CEPLAN.split(";"), *_KINDS], ["5.3", "a", "b", "c", *[1.5] * 24, None, None, 25, *[None] * 9]]), OUT),
    csv("A bad amount names CEPLAN's own header.", f"{_CEPLAN};F(SE) 03\n5.3;a;b;c;x\n", ("not_a_number", 2, "F(SE) 03")),
    csv("A month twice in CEPLAN's sheet is refused.", "codigo;F(SE) 03;F(SE) 3\n5.3;1;2\n", ("duplicate_column", 1, "F(SE) 3")),
    csv("CEPLAN's sheet without what was done is a plan.", f"{_CEPLAN};F(CS) 01;F(RE) 01\n5.3;a;b;c;1;2\n", ("plan_as_progress", 1, None)),
    csv("CEPLAN's sheet with nothing done yet reports nothing.", f"{_CEPLAN};F(CS) 01;F(SE) 01\n5.3;a;b;c;1;\n", ("nothing_reported", None, None)),
)  # fmt: skip

NAMES = tuple(
    case(f"A workbook is read whatever its name says: {name[:30]!r}.", one(ROW), OUT, file_name=name)
    for name in ("../../etc/passwd", "a\x00b.xlsx", "\u202exslx.exe", "=cmd|' /C calc'!A0.xlsx", "![x](http://x).xlsx", "a" * 300, "")
)

LONG_TEXTS = tuple(
    Case(f"However it is written, the file says its three values: {file.name}.", file.content,
         tuple((code, month, plain(value)) for code, month, _, value, _ in VALUES),
         tuple((code, None, None) for code in file.notices), file.file_name)
    for file in GOOD_FILES
) + tuple(
    Case(f"The file is refused and says where: {file.name}.", file.content, (), tuple(p[:3] for p in file.expected),
         file.file_name, file.decimal)
    for file in BAD_FILES
)  # fmt: skip

def is_accounted(file: ProgressFile, table: Table | None, problems) -> bool:
    """True where each row of a read file is stored, refused, empty or left out by name; problems are reading's own."""
    wrong = [p for p in (*file.problems, *problems) if p.severity == "error"]
    if table is None or any(p.row in (None, table.header_row) for p in wrong) or len(wrong) >= MAX_PROBLEMS - 1:
        return file.is_refused
    said, refused = {value.row for value in file.values}, {p.row for p in wrong}
    left_out = {p.row for p in problems if p.code in ("totals_row", "repeated_header")}
    in_file = {row for row, _ in table.rows} | left_out | {p.row for p in problems if p.severity == "error"}
    silent = in_file - said - refused - left_out
    is_each_once = not said & (refused | left_out) and said | refused <= in_file
    return is_each_once and (file.needs_decimal or len(silent) == file.empty_rows)


NEW = GOOD_BOOKS + BAD_BOOKS + WIDE + CEPLAN + NAMES
CORPUS = NEW + LONG_TEXTS
