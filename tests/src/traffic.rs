// SPDX-License-Identifier: EUPL-1.2
//! What a browser loads, as Chromium tells it (`DevTools` protocol, domain Network).

use serde_json::Value;

/// What was loaded, in the order in which it was asked for.
#[derive(Clone, Debug, Default)]
pub struct Traffic(Vec<Request>);

/// One request and its answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Request {
    id: String,
    /// Of what.
    pub address: String,
    /// What came over the network: headers and the body, as it was compressed. Nothing before all of it is here.
    pub bytes: Option<u64>,
    /// The status of the answer.
    pub status: Option<u64>,
}

impl Traffic {
    /// Takes what the browser tells.
    pub fn hears(&mut self, told: &[Value]) {
        for event in told {
            self.hear(event);
        }
    }

    fn hear(&mut self, event: &Value) {
        let text = |at: &str| event.pointer(at).and_then(Value::as_str).unwrap_or_default();
        let number = |at: &str| event.pointer(at).and_then(whole);
        let id = text("/params/requestId").to_owned();
        match text("/method") {
            "Network.requestWillBeSent" => {
                let address = text("/params/request/url").to_owned();
                self.0.push(Request { id, address, bytes: None, status: None });
            }
            "Network.responseReceived" => {
                let status = number("/params/response/status");
                self.of(&id).for_each(|request| request.status = status);
            }
            "Network.loadingFinished" => {
                let bytes = number("/params/encodedDataLength");
                self.of(&id).for_each(|request| request.bytes = bytes);
            }
            _ => {}
        }
    }

    fn of(&mut self, id: &str) -> impl Iterator<Item = &mut Request> {
        self.0.iter_mut().filter(move |request| request.id == id)
    }

    /// What was asked for over the network, in order.
    pub fn requests(&self) -> impl Iterator<Item = &Request> {
        self.0.iter().filter(|request| request.address.starts_with("http"))
    }
}

/// Chromium writes whole numbers as it pleases.
fn whole(number: &Value) -> Option<u64> {
    number.as_u64().or_else(|| format!("{:.0}", number.as_f64()?).parse().ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_loaded_is_counted_as_it_came() {
        let asked = |id: &str, url: &str| json!({ "method": "Network.requestWillBeSent", "params": { "requestId": id, "request": { "url": url } } });
        let mut traffic = Traffic::default();
        traffic.hears(&[
            asked("1", "http://a/"),
            asked("2", "data:image/png;base64,"),
            asked("3", "http://a/late"),
            json!({ "method": "Network.responseReceived", "params": { "requestId": "1", "response": { "status": 200 } } }),
            json!({ "method": "Network.loadingFinished", "params": { "requestId": "1", "encodedDataLength": 640.0 } }),
            json!({ "method": "Network.loadingFinished", "params": { "requestId": "2", "encodedDataLength": 9 } }),
        ]);
        let seen: Vec<_> =
            traffic.requests().map(|it| (it.address.as_str(), it.status, it.bytes)).collect();
        assert_eq!(seen, [("http://a/", Some(200), Some(640)), ("http://a/late", None, None)]);
    }
}
