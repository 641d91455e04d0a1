//! XML files of articles: the kind is told by the root element, and a few ways through a tree that all kinds share.
//!
//! Names are compared without their namespaces: feeds and agencies use many prefixes for the same elements.

use roxmltree::{Document, Error, Node, ParsingOptions};

use super::ArticleErrorKind;
use super::draft::{Fault, Found, filled};
use super::{agency, feed};

/// More nodes than any file of news has.
const MOST_NODES: u32 = 20_000_000;

/// Entities of HTML that files use without declaring them.
const ENTITIES: [(&str, &str); 12] = [
    ("&nbsp;", "\u{a0}"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&lsquo;", "‘"),
    ("&rsquo;", "’"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&hellip;", "…"),
    ("&eacute;", "é"),
    ("&copy;", "©"),
    ("&euro;", "€"),
    ("&pound;", "£"),
];

/// The articles of an XML file.
pub(super) fn articles(text: &str) -> Vec<Found> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let text = text.trim_start();
    let replaced;
    let parsed = match Document::parse_with_options(text, options) {
        Err(Error::UnknownEntityReference(..)) => {
            replaced = ENTITIES.iter().fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter));
            let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
            Document::parse_with_options(&replaced, options)
        }
        parsed => parsed,
    };
    match parsed {
        Ok(document) => of_document(&document),
        Err(error) => {
            let line = u64::from(error.pos().row);
            let message = error.to_string();
            let cut = message.rfind(" at ").unwrap_or(message.len());
            vec![Err(Fault::new(ArticleErrorKind::Xml, format!("no XML: {}", &message[..cut])).at(line))]
        }
    }
}

/// The articles of a document, by its root.
fn of_document(document: &Document<'_>) -> Vec<Found> {
    let root = document.root_element();
    let found = match root.tag_name().name() {
        "rss" | "RDF" => feed::rss(root),
        "feed" => feed::atom(root),
        "nitf" => vec![agency::nitf(root)],
        "newsItem" | "newsMessage" => agency::news_items(root),
        name => {
            let message = format!("no news in this XML: its root is `{name}`");
            let hint = "read are RSS, Atom, NITF and NewsML-G2";
            return vec![Err(Fault::new(ArticleErrorKind::Xml, message).hint(hint))];
        }
    };
    if found.is_empty() {
        return vec![Err(Fault::new(ArticleErrorKind::NoArticles, "no articles in this XML"))];
    }
    found
}

/// The line on which an element begins.
pub(super) fn line(node: Node<'_, '_>) -> u64 {
    u64::from(node.document().text_pos_at(node.range().start).row)
}

/// The first element of this name below `node`, in the order of the file.
pub(super) fn first<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.descendants().find(|below| below.is_element() && below.tag_name().name() == name)
}

/// The child elements of this name.
pub(super) fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The text of the first child element of this name.
pub(super) fn child_text(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    children(node, name).next().and_then(text)
}

/// All text in an element on one line; `None` when there is none.
pub(super) fn text(node: Node<'_, '_>) -> Option<String> {
    let pieces = node.descendants().filter(|below| below.is_text()).filter_map(|below| below.text());
    let all: String = pieces.collect();
    filled(&all.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An attribute by its name without namespace.
pub(super) fn attribute(node: Node<'_, '_>, name: &str) -> Option<String> {
    node.attributes().find(|attribute| attribute.name() == name).and_then(|attribute| filled(attribute.value()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_news_is_told_with_its_line() {
        for (text, line, message) in [
            ("<rss>\n<channel>\n</rss>", Some(3), "no XML"),
            ("<catalogue/>", None, "its root is `catalogue`"),
            ("<feed/>", None, "no articles"),
        ] {
            let fault = articles(text).remove(0).unwrap_err();
            assert_eq!(fault.line, line, "{fault:?}");
            assert!(fault.message.contains(message), "{fault:?}");
        }
    }

    #[test]
    fn entities_of_html_are_understood_undeclared() {
        let found =
            articles("<rss><channel><item><description>One&nbsp;&ndash; two</description></item></channel></rss>");
        assert_eq!(found[0].as_ref().unwrap().text, "One – two");
    }
}
