//! Feeds: the items of RSS 0.9 to 2.0 and the entries of Atom, each an article.
//!
//! The whole text is taken where the feed has it (`content:encoded`, `content`), else its summary.

use roxmltree::Node;

use super::draft::{Draft, Found};
use super::html;
use super::xml::{attribute, child_text, children, first, line, text};

/// The items of an RSS feed; in version 1.0 they stand beside the channel.
pub(super) fn rss(root: Node<'_, '_>) -> Vec<Found> {
    let publisher = children(root, "channel").next().and_then(|channel| child_text(channel, "title"));
    let items = root.descendants().filter(|node| node.is_element() && node.tag_name().name() == "item");
    let item = |item: Node<'_, '_>| {
        let body = child_text(item, "encoded").or_else(|| child_text(item, "description"));
        Ok(Draft {
            id: child_text(item, "guid").or_else(|| attribute(item, "about")),
            title: child_text(item, "title").map(|title| html::plain(&title)),
            publisher: child_text(item, "source").or_else(|| publisher.clone()),
            date: child_text(item, "pubDate").or_else(|| child_text(item, "date")),
            url: child_text(item, "link"),
            text: body.map(|body| html::plain(&body)).unwrap_or_default(),
            line: Some(line(item)),
        })
    };
    items.map(item).collect()
}

/// The entries of an Atom feed.
pub(super) fn atom(root: Node<'_, '_>) -> Vec<Found> {
    let publisher = child_text(root, "title");
    let entry = |entry: Node<'_, '_>| {
        let body = children(entry, "content").chain(children(entry, "summary")).find_map(content);
        let source = children(entry, "source").next().and_then(|source| child_text(source, "title"));
        Ok(Draft {
            id: child_text(entry, "id"),
            title: child_text(entry, "title").map(|title| html::plain(&title)),
            publisher: source.or_else(|| publisher.clone()),
            date: child_text(entry, "published").or_else(|| child_text(entry, "updated")),
            url: link(entry),
            text: body.unwrap_or_default(),
            line: Some(line(entry)),
        })
    };
    children(root, "entry").map(entry).collect()
}

/// The content of an entry: HTML as text, XHTML as elements, or plain text.
fn content(node: Node<'_, '_>) -> Option<String> {
    match attribute(node, "type").as_deref() {
        Some("xhtml") => first(node, "div").map(|div| html::plain(&node.document().input_text()[div.range()])),
        _ => text(node).map(|text| html::plain(&text)),
    }
}

/// Where an entry can be read.
fn link(entry: Node<'_, '_>) -> Option<String> {
    let alternate = |link: &Node<'_, '_>| attribute(*link, "rel").is_none_or(|relation| relation == "alternate");
    children(entry, "link").find(alternate).and_then(|link| attribute(link, "href"))
}

#[cfg(test)]
mod tests {
    use super::super::xml::articles;
    use super::*;

    /// What stands in a feed: id, title, publisher, date, address and text, bars between them.
    fn shown(feed: &str) -> Vec<String> {
        let show = |draft: Draft| {
            let parts = [draft.id, draft.title, draft.publisher, draft.date, draft.url].map(Option::unwrap_or_default);
            format!("{}|{}", parts.join("|"), draft.text)
        };
        articles(feed).into_iter().map(|found| found.map_or_else(|fault| fault.message, show)).collect()
    }

    #[test]
    fn items_of_rss_become_articles() {
        let feed = r#"<?xml version="1.0"?><rss xmlns:content="urn:c" version="2.0"><channel><title>Lantern</title>
            <item><title>Envoys &amp; rivers</title><guid>n1</guid><link>https://x.example/1</link>
            <pubDate>Thu, 02 Jan 2031 08:00:00 GMT</pubDate><description>Short.</description>
            <content:encoded><![CDATA[<p>They met.</p><p>They &quot;left&quot;.</p>]]></content:encoded></item>
            <item><description>Only this.</description></item></channel></rss>"#;
        assert_eq!(
            shown(feed),
            [
                "n1|Envoys & rivers|Lantern|Thu, 02 Jan 2031 08:00:00 GMT|https://x.example/1|They met.\n\nThey \"left\".",
                "||Lantern|||Only this.",
            ]
        );
    }

    #[test]
    fn entries_of_atom_become_articles() {
        let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><id>urn:1</id>
            <title type="html">A &lt;b&gt;plan&lt;/b&gt;</title><updated>2031-01-03T00:00:00Z</updated>
            <link rel="self" href="no"/><link href="https://x.example/2"/>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
            </entry></feed>"#;
        assert_eq!(shown(feed), ["urn:1|A plan|Herald|2031-01-03T00:00:00Z|https://x.example/2|One.\n\nTwo."]);
    }
}
