//! Web archives (WARC 1.0 and 1.1): the pages among the records, read one at a time.
//!
//! Of an archive only responses with HTML are read, and resources that are HTML or plain text; a record needs the memory
//! of its own size. Bodies that a server sent in chunks or compressed are put together again.

use std::io::{self, BufRead, Read};

use super::compression::inflated;

/// The longest record that is read; a page of news has a hundredth of it.
const LONGEST: u64 = 32 << 20;
/// The longest line of a header.
const LONGEST_LINE: u64 = 64 << 10;

/// A page of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// Where it came from.
    pub(super) url: String,
    /// The day it was fetched.
    pub(super) date: Option<String>,
    /// Whether it is plain text rather than HTML.
    pub(super) plain: bool,
    /// What was sent.
    pub(super) body: Vec<u8>,
}

/// The pages of an archive.
pub(super) struct Pages<Input> {
    input: Input,
    done: bool,
}

/// Fields of a header, names in small letters.
type Header = Vec<(String, String)>;

impl<Input: BufRead> Pages<Input> {
    pub(super) fn new(input: Input) -> Self {
        Self { input, done: false }
    }

    /// The next record's page; `Ok(None)` for a record that is none.
    fn record(&mut self) -> io::Result<Option<Page>> {
        let header = read_header(&mut self.input)?;
        let length = field(&header, "content-length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| broken("a record without Content-Length"))?;
        let mut content = (&mut self.input).take(length);
        let mut bytes = Vec::new();
        if is_page(&header) && length <= LONGEST {
            content.read_to_end(&mut bytes)?;
        } else {
            io::copy(&mut content, &mut io::sink())?;
        }
        if content.limit() > 0 {
            return Err(broken("its last record is cut off"));
        }
        Ok(page(&header, bytes))
    }

    /// Passes over blank lines between records; whether another record follows.
    fn another(&mut self) -> io::Result<bool> {
        loop {
            let line = read_line(&mut self.input)?;
            match line.trim() {
                _ if line.is_empty() => return Ok(false),
                "" => {}
                version if version.starts_with("WARC/") => return Ok(true),
                _ => return Err(broken("no WARC record where one should begin")),
            }
        }
    }
}

impl<Input: BufRead> Iterator for Pages<Input> {
    type Item = io::Result<Page>;

    fn next(&mut self) -> Option<io::Result<Page>> {
        while !self.done {
            match self.another().and_then(|another| if another { self.record().map(Some) } else { Ok(None) }) {
                Ok(None) => self.done = true,
                Ok(Some(None)) => {}
                Ok(Some(Some(page))) => return Some(Ok(page)),
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// Whether a record may hold a page.
fn is_page(header: &Header) -> bool {
    let content = field(header, "content-type").unwrap_or_default();
    match field(header, "warc-type") {
        Some("response") => content.starts_with("application/http"),
        Some("resource" | "conversion") => content.starts_with("text/html") || content.starts_with("text/plain"),
        _ => false,
    }
}

/// The page in the content of a record.
fn page(header: &Header, content: Vec<u8>) -> Option<Page> {
    let url = field(header, "warc-target-uri")?.trim_matches(['<', '>']).to_owned();
    let date = field(header, "warc-date").map(str::to_owned);
    if !is_page(header) || content.is_empty() {
        return None;
    }
    if field(header, "warc-type") != Some("response") {
        let plain = field(header, "content-type").is_some_and(|kind| kind.starts_with("text/plain"));
        return Some(Page { url, date, plain, body: content });
    }
    let mut input = content.as_slice();
    let status = read_line(&mut input).ok()?;
    let header = read_header(&mut input).ok()?;
    let html = field(&header, "content-type").is_some_and(|kind| kind.contains("html"));
    let good = status.split_whitespace().nth(1) == Some("200");
    (html && good).then(|| Page { url, date, plain: false, body: sent(&header, input) })
}

/// The body that a server sent.
fn sent(header: &Header, body: &[u8]) -> Vec<u8> {
    let chunked = field(header, "transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
    // Many archives keep the header and put the chunks together; a body that is not in chunks is taken as it is.
    let body = chunked.then(|| joined_chunks(body)).flatten().unwrap_or_else(|| body.to_vec());
    inflated(&body).unwrap_or(body)
}

/// A body without the lengths between its chunks.
fn joined_chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let length = usize::from_str_radix(line.trim().split(';').next()?, 16).ok()?;
        body = &body[end + 1..];
        if length == 0 {
            return Some(joined);
        }
        joined.extend(body.get(..length)?);
        body = body.get(length..)?.strip_prefix(b"\r\n")?;
    }
}

/// The fields up to a blank line.
fn read_header(input: &mut impl BufRead) -> io::Result<Header> {
    let mut header = Header::new();
    loop {
        let line = read_line(input)?;
        if line.trim().is_empty() {
            return Ok(header);
        }
        if let Some((name, value)) = line.split_once(':') {
            header.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
    }
}

/// One line with its end; empty at the end of the input.
fn read_line(input: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    input.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

fn field<'a>(header: &'a Header, name: &str) -> Option<&'a str> {
    header.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn broken(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record of a response with this header and body.
    fn record(kind: &str, header: &str, body: &str) -> String {
        let content = format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n{body}");
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://x.example/\r\nWARC-Date: 2031-01-02T00:00:00Z\r\n\
             Content-Type: application/http;msgtype={kind}\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
            content.len()
        )
    }

    #[test]
    fn pages_are_found_among_the_records() {
        let html = "Content-Type: text/html; charset=utf-8";
        let archive = [
            record("request", html, "no"),
            record("response", html, "<p>one</p>"),
            record("response", "Content-Type: image/png", "no"),
            record(
                "response",
                &format!("{html}\r\nTransfer-Encoding: chunked"),
                "4\r\n<p>t\r\n6\r\nwo</p>\r\n0\r\n\r\n",
            ),
        ];
        let pages: Vec<Page> = Pages::new(archive.concat().as_bytes()).map(Result::unwrap).collect();
        let bodies: Vec<String> = pages.iter().map(|page| String::from_utf8_lossy(&page.body).into_owned()).collect();
        assert_eq!(bodies, ["<p>one</p>", "<p>two</p>"]);
        assert_eq!(pages[0].url, "https://x.example/");
    }

    #[test]
    fn an_archive_that_is_cut_off_gives_what_is_whole() {
        let html = "Content-Type: text/html";
        let archive = record("response", html, "<p>one</p>") + &record("response", html, "<p>two</p>");
        let cut = &archive.as_bytes()[..archive.len() - 12];
        let pages: Vec<io::Result<Page>> = Pages::new(cut).collect();
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[1].as_ref().unwrap_err().to_string(), "its last record is cut off");
    }
}
