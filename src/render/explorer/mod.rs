//! A graph as one web page that needs no network: search, actors, topics, positions with their evidence, and a drawing.
//!
//! The page is `page.html` with the style, the scripts and the data put in. Its data is JSON in an element that browsers
//! do not run, in which no character can end the element or change how the page's source reads; the scripts put texts
//! into the page as text only, and a policy in its head forbids whatever else would load or run.

mod contents;

use crate::graph::PropertyGraph;
use contents::Contents;

/// The page, with a line for each part that is put in.
const PAGE: &str = include_str!("page.html");

/// What stands in the place of each such line but that of the data.
const PARTS: [(&str, &str); 5] = [
    ("/* style */\n", include_str!("style.css")),
    ("/* model */\n", include_str!("model.js")),
    ("/* drawing */\n", include_str!("drawing.js")),
    ("/* views */\n", include_str!("views.js")),
    ("/* control */\n", include_str!("control.js")),
];

/// The page for a graph. A graph without positions has a page that says so.
pub fn page(graph: &PropertyGraph) -> String {
    let data = serde_json::to_string(&Contents::of(graph)).unwrap_or_default();
    let page = PARTS.iter().fold(PAGE.to_owned(), |page, (place, part)| page.replacen(place, part, 1));
    // The data comes last: what an article says is never searched for places.
    page.replacen("{\"data\":0}\n", &format!("{}\n", inert(&data)), 1)
}

/// JSON in which no character means anything to a reader of HTML, or turns the direction of writing. All of them stand
/// inside strings, where JSON has an escape for each.
fn inert(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => {
                push_escape(&mut text, letter);
            }
            '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' => push_escape(&mut text, letter),
            _ => text.push(letter),
        }
    }
    text
}

/// `\u003c`, in two halves for a character beyond the first plane.
fn push_escape(text: &mut String, letter: char) {
    for unit in letter.encode_utf16(&mut [0; 2]) {
        text.push_str(&format!("\\u{unit:04x}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::json::read_graph;

    /// A name that tries to leave the data, to be markup, and to turn the page around.
    const HOSTILE: &str =
        "</script><img src=x onerror=alert(1)>&amp;\u{202e}\u{2028}\u{1b}[31m\u{9b}\"'`{\"data\":0}\n";

    fn hostile() -> PropertyGraph {
        let name = serde_json::Value::from(HOSTILE);
        let text = format!(
            r#"{{"nodes":[{{"id":0,"labels":["Actor"],"properties":{{"name":{name}}}}},
            {{"id":1,"labels":["Position"],"properties":{{"text":{name},"relation":"rejects","evidence":{{"sentence":{name},"start":3,"end":9,"sentence_start":0}}}}}}],
            "relationships":[{{"id":0,"start":0,"end":1,"type":"REJECTS","properties":{{"cue":{name}}}}}]}}"#
        );
        read_graph(&text).unwrap()
    }

    #[test]
    fn hostile_text_stays_in_the_data() {
        let page = page(&hostile());
        let empty = super::page(&PropertyGraph::new());
        for part in ["<script", "</script", "<img", "onerror"] {
            let expected = empty.matches(part).count() + if part == "onerror" { 4 } else { 0 };
            assert_eq!(page.matches(part).count(), expected, "{part}");
        }
        assert!(page.chars().all(|letter| !letter.is_control() || letter == '\n'));
        assert!(!page.contains(['\u{202e}', '\u{2028}']));
    }

    #[test]
    fn the_data_reads_back_with_control_characters_made_visible() {
        let page = page(&hostile());
        let (_, rest) = page.split_once("<script type=\"application/json\" id=\"data\">\n").unwrap();
        let data: serde_json::Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        let name = data["actors"][0]["name"].as_str().unwrap();
        assert!(name.starts_with("</script><img src=x onerror=alert(1)>&amp;\u{fffd}\u{fffd}␛[31m"), "{name}");
        assert_eq!((&data["positions"][0]["start"], &data["positions"][0]["end"]), (&3.into(), &9.into()));
    }

    #[test]
    fn the_page_loads_nothing() {
        let page = page(&PropertyGraph::new());
        assert!(PARTS.iter().all(|(place, _)| !page.contains(place)));
        for part in ["src=", "href=\"http", "@import", "url(", "fetch(", "innerHTML", "eval("] {
            assert!(!page.contains(part), "{part}");
        }
        assert!(page.contains("default-src 'none'"));
    }
}
