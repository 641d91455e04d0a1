//! Prints an archive of invented articles as JSON Lines, for measuring: `cargo bench --bench invented -- 10000 > archive.jsonl`.
//!
//! The same number gives the same articles.

#[path = "archive.rs"]
mod archive;

use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100);
    let mut output = BufWriter::new(io::stdout().lock());
    for invented in (0..size).map(|number| archive::article(5, number)) {
        let text = format!("{}\n\n{}", invented.title, invented.paragraphs.join("\n\n"));
        let article = serde_json::json!({
            "id": invented.id, "title": invented.title, "publisher": invented.publisher, "date": invented.date, "text": text,
        });
        writeln!(output, "{article}")?;
    }
    output.flush()
}
