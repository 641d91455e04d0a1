//! Saved web pages: headline, byline, date, publisher and the article without the page around it.
//!
//! Which part of a page is the article is decided by dom_smoothie, a port of Mozilla's Readability; headline, date and
//! publisher come from the page's metadata (JSON-LD, Open Graph, `article:published_time`).

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::ArticleErrorKind;
use super::draft::{Draft, Fault, Found, filled};

/// More elements than any page of news has; what has more is refused before it takes minutes.
const MOST_ELEMENTS: usize = 100_000;

/// The article of a page. `url` is where the page came from, when that is known from elsewhere.
pub(super) fn article(html: &str, url: Option<&str>) -> Found {
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let mut page = Readability::new(html, None, Some(config)).map_err(|error| no_article(&error.to_string()))?;
    let canonical = canonical(&page.doc);
    let date = date(&page.doc);
    let article = page.parse().map_err(|error| no_article(&error.to_string()))?;
    let byline = article.byline.as_deref().and_then(filled);
    Ok(Draft {
        id: None,
        title: filled(headline(&article.title, article.site_name.as_deref())),
        publisher: article.site_name.as_deref().and_then(filled),
        date: article.published_time.or(date),
        url: canonical.or(article.url).or_else(|| url.map(str::to_owned)),
        text: with_byline(byline, &paragraphs(&article.text_content)),
        line: None,
    })
}

/// The text of a piece of HTML, a paragraph a line, with blank lines between them.
pub(super) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    paragraphs(&Document::fragment(html).formatted_text())
}

/// The page's own address.
fn canonical(document: &Document) -> Option<String> {
    let link = document.select_single("link[rel=canonical]").attr("href");
    link.or_else(|| document.select_single("meta[property='og:url']").attr("content")).and_then(|link| filled(&link))
}

/// The date of a page that has it in its text: the first `<time datetime>`, or another usual `meta`.
fn date(document: &Document) -> Option<String> {
    const METAS: [&str; 4] = ["date", "pubdate", "DC.date.issued", "parsely-pub-date"];
    let named = |name: &&str| document.select_single(&format!("meta[name='{name}']")).attr("content");
    let time = || document.select_single("time[datetime]").attr("datetime");
    METAS.iter().find_map(named).or_else(time).and_then(|date| filled(&date))
}

/// A page's title without the name of its site: "Talks end | Herald of Orsa".
fn headline<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let title = title.trim();
    let before = site.and_then(|site| title.strip_suffix(site.trim())).map(str::trim_end);
    before.and_then(|title| title.strip_suffix(['|', '-', '–', '—', '·', ':'])).unwrap_or(title)
}

/// The byline above the text, where it is recognised as such; a text that has it keeps its own.
fn with_byline(byline: Option<String>, text: &str) -> String {
    match byline {
        Some(byline) if !text.contains(byline.as_str()) => {
            let by = if byline.to_lowercase().starts_with("by ") { "" } else { "By " };
            format!("{by}{byline}\n\n{text}")
        }
        _ => text.to_owned(),
    }
}

/// Formatted text with single blank lines between its paragraphs.
fn paragraphs(text: &str) -> String {
    let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

fn no_article(reason: &str) -> Fault {
    Fault::new(ArticleErrorKind::NoProse, format!("no article in this page: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en"><head>
        <title>Orsa rejects river plan | Herald of Orsa</title>
        <meta property="og:site_name" content="Herald of Orsa">
        <meta property="article:published_time" content="2031-01-02T08:00:00Z">
        <meta name="author" content="Jana Holt">
        <link rel="canonical" href="https://herald.example.org/river"></head><body>
        <nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
        <article><h1>Orsa rejects river plan</h1>
        <p>Orsa on Monday rejected a plan for the river, its minister said, and called it a danger to every village
        that lives from the water and from the fields beside it.</p>
        <p>“We will not sign unless Vantia withdraws its troops,” the minister said &ndash; twice. She added that talks
        could resume, if both sides wanted that, in the spring.</p>
        <p>Vantia said it would wait, and promised to answer within ten days, as it had done the year before.</p>
        </article><aside>Read more: <a href="/x">Ten rivers</a></aside>
        <footer>© Herald of Orsa. All rights reserved.</footer></body></html>"#;

    #[test]
    fn the_article_of_a_page_comes_with_its_metadata() {
        let draft = article(PAGE, None).unwrap();
        assert_eq!(draft.title.as_deref(), Some("Orsa rejects river plan"));
        assert_eq!(draft.publisher.as_deref(), Some("Herald of Orsa"));
        assert_eq!(draft.date.as_deref(), Some("2031-01-02T08:00:00Z"));
        assert_eq!(draft.url.as_deref(), Some("https://herald.example.org/river"));
        let lines: Vec<&str> = draft.text.split("\n\n").collect();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert_eq!(lines[0], "By Jana Holt");
        assert!(lines[2].starts_with("“We will not sign") && lines[2].contains("said – twice"), "{lines:?}");
        assert!(!draft.text.contains("All rights reserved") && !draft.text.contains("Sport"));
    }

    #[test]
    fn a_piece_of_html_becomes_plain_text() {
        assert_eq!(plain("<p>One &amp; two.</p><p>Three<br>four.</p>"), "One & two.\n\nThree\n\nfour.");
        assert_eq!(plain("No mark-up."), "No mark-up.");
    }

    #[test]
    fn a_page_without_an_article_is_told() {
        assert!(article("<html><body></body></html>", None).is_err());
    }
}
