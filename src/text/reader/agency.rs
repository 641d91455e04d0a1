//! What news agencies send: NITF and NewsML-G2 (IPTC), headline, byline, date, provider and body.
//!
//! A NewsML-G2 item has its text inline, as NITF or as HTML; pictures and packages have none and are passed over.

use roxmltree::Node;

use super::ArticleErrorKind;
use super::draft::{Draft, Fault, Found};
use super::html;
use super::xml::{attribute, child_text, children, first, line, text};

/// The article of an NITF document.
pub(super) fn nitf(root: Node<'_, '_>) -> Found {
    let head = first(root, "head").unwrap_or(root);
    let named = |element: &str, name: &str| first(head, element).and_then(|node| attribute(node, name));
    let line_of = |name: &str| first(root, name).and_then(text);
    Ok(Draft {
        id: named("doc-id", "id-string").or_else(|| attribute(root, "uno")),
        title: line_of("hl1").or_else(|| line_of("headline")).or_else(|| first(head, "title").and_then(text)),
        publisher: line_of("distributor")
            .or_else(|| named("pubdata", "name"))
            .or_else(|| named("doc.copyright", "holder")),
        date: named("date.issue", "norm").or_else(|| named("pubdata", "date.publication")),
        url: named("pubdata", "ex-ref"),
        text: body(root),
        line: None,
    })
}

/// The paragraphs of an NITF body, under its byline.
fn body(root: Node<'_, '_>) -> String {
    let mut lines: Vec<String> = first(root, "byline").and_then(text).into_iter().collect();
    if let Some(content) = first(root, "body.content").or_else(|| first(root, "body")) {
        let parts = content.descendants().filter(|node| matches!(node.tag_name().name(), "p" | "hl2"));
        lines.extend(parts.filter_map(text));
    }
    lines.join("\n\n")
}

/// The text items of a NewsML-G2 item or message.
pub(super) fn news_items(root: Node<'_, '_>) -> Vec<Found> {
    let items = root.descendants().filter(|node| node.tag_name().name() == "newsItem");
    items.filter(is_text).map(news_item).collect()
}

/// Whether an item is not declared to be a picture, a graphic, sound or video.
fn is_text(item: &Node<'_, '_>) -> bool {
    let class = first(*item, "itemClass").and_then(|class| attribute(class, "qcode"));
    class.is_none_or(|class| class.ends_with("text") || class.ends_with("composite"))
}

/// The article of one NewsML-G2 item.
fn news_item(item: Node<'_, '_>) -> Found {
    let meta = |outer: &'static str, name: &str| children(item, outer).find_map(|meta| first(meta, name));
    let provider = meta("itemMeta", "provider");
    let publisher = provider.and_then(|node| child_text(node, "name").or_else(|| attribute(node, "literal")));
    let date = ["contentCreated", "contentModified"].iter().find_map(|name| meta("contentMeta", name).and_then(text));
    let set = children(item, "contentSet").next();
    let text_of = |name: &str| meta("contentMeta", name).and_then(text);
    let content = set
        .and_then(content)
        .ok_or_else(|| Fault::new(ArticleErrorKind::Xml, "the news item has no text of its own").at(line(item)))?;
    let byline = text_of("by").filter(|byline| !content.contains(byline.as_str()));
    Ok(Draft {
        id: attribute(item, "guid"),
        title: text_of("headline").or_else(|| meta("itemMeta", "title").and_then(text)),
        publisher: publisher.or_else(|| text_of("infoSource")),
        date: date.or_else(|| meta("itemMeta", "versionCreated").and_then(text)),
        url: children(item, "itemMeta").find_map(|meta| {
            let link =
                children(meta, "link").find(|link| attribute(*link, "rel").is_some_and(|rel| rel == "irel:seeAlso"));
            link.and_then(|link| attribute(link, "href"))
        }),
        text: byline.map_or_else(|| content.clone(), |byline| format!("{byline}\n\n{content}")),
        line: Some(line(item)),
    })
}

/// The text in a content set.
fn content(set: Node<'_, '_>) -> Option<String> {
    if let Some(inline) = first(set, "inlineXML") {
        let document = inline.first_element_child()?;
        return match document.tag_name().name() {
            "nitf" => Some(body(document)),
            _ => {
                let body = first(document, "body").unwrap_or(document);
                Some(html::plain(&inline.document().input_text()[body.range()]))
            }
        };
    }
    let data = first(set, "inlineData")?;
    let raw = data.text()?;
    Some(if attribute(data, "contenttype").is_some_and(|kind| kind.contains("html")) {
        html::plain(raw)
    } else {
        raw.trim().to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::super::xml::articles;

    const NITF: &str = r#"<?xml version="1.0"?><nitf><head><title>Old title</title><docdata>
        <doc-id id-string="lan-7"/><date.issue norm="20310102T081500Z"/></docdata>
        <pubdata name="Lantern"/></head><body><body.head><hedline><hl1>Envoys meet</hl1></hedline>
        <byline>By Jana Holt</byline></body.head><body.content><p>They <em>met</em>.</p><p>They left.</p></body.content>
        </body></nitf>"#;

    #[test]
    fn an_nitf_document_is_an_article() {
        let draft = articles(NITF).remove(0).unwrap();
        assert_eq!(draft.text, "By Jana Holt\n\nThey met.\n\nThey left.");
        let parts = [draft.id, draft.title, draft.publisher, draft.date].map(Option::unwrap_or_default);
        assert_eq!(parts, ["lan-7", "Envoys meet", "Lantern", "20310102T081500Z"]);
    }

    #[test]
    fn news_items_with_text_are_articles() {
        let item = |class: &str, guid: &str, content: &str| {
            format!(
                r#"<newsItem guid="{guid}"><itemMeta><itemClass qcode="ninat:{class}"/><provider literal="lantern">
                <name>Lantern</name></provider><versionCreated>2031-01-02T08:15:00Z</versionCreated></itemMeta>
                <contentMeta><headline>Envoys meet</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"#
            )
        };
        let inline = "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body><p>One.</p><p>Two.</p></body></html></inlineXML>";
        let message = format!(
            "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>{}{}{}</itemSet></newsMessage>",
            item("text", "a", inline),
            item("picture", "b", "<remoteContent/>"),
            item("text", "c", "<remoteContent/>"),
        );
        let found = articles(&message);
        assert_eq!(found.len(), 2);
        let draft = found[0].clone().unwrap();
        assert_eq!((draft.id.as_deref(), draft.publisher.as_deref()), (Some("a"), Some("Lantern")));
        assert_eq!(draft.text, "One.\n\nTwo.");
        assert_eq!(found[1].clone().unwrap_err().message, "the news item has no text of its own");
    }
}
