// SPDX-License-Identifier: EUPL-1.2
//! An answer over HTTP/1, read from its bytes.

/// What a server answered.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Answer {
    /// The status (RFC 9110 §15).
    pub status: u16,
    /// The headers in their order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// What follows them.
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads a whole answer, the end of which is the end of the connection; `None` if it is none.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = core::str::from_utf8(bytes.get(..end)?).ok()?;
        let body = bytes.get(end.checked_add(4)?..)?.to_vec();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        };
        let headers = lines.map(header).collect::<Option<Vec<_>>>()?;
        // Nobody may send it to whom speaks HTTP/1.0 (RFC 9112 §6.1).
        let is_chunked = headers.iter().any(|(name, _)| name == "transfer-encoding");
        (!is_chunked).then_some(Self { status, headers, body })
    }

    /// The value of a header; of one that stands there several times, all of them.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<_> = self
            .headers
            .iter()
            .filter(|(its, _)| its == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_answer_has_a_status_headers_and_a_body() {
        let bytes = b"HTTP/1.1 404 Not Found\r\nX-A: 1\r\nx-a:2 \r\n\r\n\r\n\r\nbody";
        let answer = Answer::parse(bytes).expect("an answer");
        assert_eq!((answer.status, answer.body.as_slice()), (404, &b"\r\n\r\nbody"[..]));
        assert_eq!(answer.header("x-a").as_deref(), Some("1, 2"));
        assert_eq!(answer.header("x-b"), None);
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for bytes in [
            &b""[..],
            b"SSH-2.0-x\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nx: 1\r\n",
            b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
            b"HTTP/1.1 OK\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        ] {
            assert_eq!(Answer::parse(bytes), None, "{}", bytes.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in proptest::collection::vec(any::<u8>(), 0..80),
            text in "HTTP/1.[01] ?[0-9]{0,6} ?(\r\n[a-z:]{0,6}){0,3}(\r\n){0,3}.{0,5}",
        ) {
            drop((Answer::parse(&bytes), Answer::parse(text.as_bytes())));
        }
    }
}
