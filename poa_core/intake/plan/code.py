"""The code of a plan's row as the plan in force spells it: without that, it would be dropped and another added."""

from collections.abc import Collection

from poa_core.intake.plan.row import Row
from poa_core.intake.progress.entries import numbered_codes


def settle_codes(rows: list[Row], codes: Collection[str]) -> None:
    """Give each row the code in force that it means; one that a workbook stored as a number may mean several."""
    by_number, by_form = numbered_codes(codes), {code.casefold(): code for code in codes}
    for row in rows:
        code = row.text("codigo") or ""
        same = by_number.get(row.reading("codigo").point, ()) if code and "codigo" in row.stored else ()
        if len(same) > 1:
            row.fail("ambiguous_code", "codigo", codes=", ".join(same))
        elif by_form.get(code.casefold()) != code:
            row.texts["codigo"] = same[0] if same else by_form.get(code.casefold(), code)
