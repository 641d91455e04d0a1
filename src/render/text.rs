//! Rows as a table for people: it fits the terminal, wraps long texts and counts wide characters as two.
//!
//! Rows are numbered, because `why 12` speaks of them; the numbers also show where a wrapped row begins, so that the table
//! needs no lines between rows. What stands in a cell is decided in `cell`.

use comfy_table::{
    Attribute, Cell as DrawnCell, CellAlignment, Color, ContentArrangement, LineStyle, Table, TableStyle,
};

use super::Look;
use super::cell::{Cell, CellKind};

/// No border, a rule under the header.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Rows under their column names in at most `width` cells, without a line break at the end; a table that cannot be as
/// narrow as that is as narrow as it can. Without rows the header stands alone.
pub fn table(columns: &[String], rows: &[Vec<Cell>], width: usize, look: Look) -> String {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX)).force_no_tty();
    if look == Look::Coloured {
        table.enforce_styling();
    }
    let header = std::iter::once("#").chain(columns.iter().map(String::as_str));
    table.set_header(header.map(|name| DrawnCell::new(name).add_attribute(Attribute::Bold)));
    for (index, row) in rows.iter().enumerate() {
        let number = Cell { text: (index + 1).to_string(), kind: CellKind::Aside };
        table.add_row(std::iter::once(&number).chain(row).map(drawn));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    if let Some(numbers) = table.column_mut(0) {
        numbers.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

fn drawn(cell: &Cell) -> DrawnCell {
    let drawn = DrawnCell::new(&cell.text);
    match cell.kind {
        CellKind::Text => drawn,
        CellKind::Number => drawn.set_alignment(CellAlignment::Right),
        CellKind::Aside => drawn.add_attribute(Attribute::Dim),
        CellKind::Agreement => drawn.fg(Color::Green),
        CellKind::Refusal => drawn.fg(Color::Red),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell { text: (*text).to_owned(), kind: CellKind::Text }).collect()
    }

    #[test]
    fn rows_are_numbered_and_wrapped() {
        let columns = ["who".to_owned(), "position".to_owned()];
        let rows = [cells(&["Orsa", "a truce along the river"]), cells(&["停戦", ""])];
        let drawn = table(&columns, &rows, 30, Look::Plain);
        assert_eq!(
            drawn,
            "#  who   position\n───────────────────────────\n1  Orsa  a truce along the\n         river\n2  停戦",
            "\n{drawn}"
        );
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let columns = ["who".to_owned(), "position".to_owned(), "condition".to_owned()];
        let long = "Tavria must withdraw its troops from the whole of the valley before talks begin";
        for width in [30, 60, 100] {
            let drawn = table(&columns, &[cells(&["Orsa", long, long])], width, Look::Plain);
            assert!(drawn.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= width), "\n{drawn}");
        }
    }
}
