"""The month for the board: as a page, on paper, as a workbook."""
