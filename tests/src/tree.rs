// SPDX-License-Identifier: EUPL-1.2
//! What assistive technology gets of a page: the accessibility tree, in lines (Chromium).

use std::{env, fs};

use serde_json::{Value, json};

use crate::{page::CallPage, world};

impl CallPage {
    /// The tree, one line for each node that says something: its role, its name, its states.
    pub async fn tree(&self) -> String {
        let tree = self.browser().devtools("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree.get("nodes").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut lines = Vec::new();
        if let Some(root) = nodes.first() {
            write(&nodes, root, 0, &mut lines);
        }
        lines.concat()
    }

    /// Compares the tree with the one that was read and kept. `ZOOO_GOLDEN=write` keeps what there is.
    pub async fn is_read_as(&self, name: &str) {
        let tree = self.tree().await;
        let file = world::root().join("tests/golden").join(name);
        if env::var_os("ZOOO_GOLDEN").is_some_and(|asked| asked == "write") {
            fs::write(&file, &tree).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        let different = kept.lines().zip(tree.lines()).find(|(kept, now)| kept != now);
        assert!(
            kept == tree,
            "{name} differs ({different:?}); `ZOOO_GOLDEN=write` writes it anew, to be read before it is kept:\n{tree}"
        );
    }
}

/// Writes a node and what is below it. What is there for the layout only is left out.
fn write(nodes: &[Value], node: &Value, depth: usize, lines: &mut Vec<String>) {
    let text = |place: &str| node.pointer(place).and_then(Value::as_str).unwrap_or_default();
    let (role, name) = (text("/role/value"), text("/name/value").trim());
    let is_silent = node.get("ignored") == Some(&json!(true))
        || matches!(role, "none" | "generic" | "InlineTextBox" | "LineBreak" | "ListMarker")
        || (name.is_empty() && matches!(role, "StaticText" | "paragraph" | "SvgRoot"));
    let mut below = depth;
    if !is_silent {
        let name = if name.is_empty() { String::new() } else { format!(" {name:?}") };
        lines.push(format!("{}{role}{name}{}\n", "  ".repeat(depth), states(node)));
        below += 1;
    }
    if role != "StaticText" && !says_all(nodes, node) {
        for child in children(nodes, node) {
            write(nodes, child, below, lines);
        }
    }
}

/// Whether what is below a node is nothing but the text that is its name.
fn says_all(nodes: &[Value], node: &Value) -> bool {
    let named = ["button", "link", "heading", "option", "DisclosureTriangle", "switch"];
    let silent = ["StaticText", "InlineTextBox", "none", "generic", "SvgRoot", ""];
    let role = |node: &Value| {
        let role = node.pointer("/role/value").and_then(Value::as_str);
        role.unwrap_or_default().to_owned()
    };
    let name = node.pointer("/name/value").and_then(Value::as_str).unwrap_or_default();
    let mut below = children(nodes, node);
    while let Some(child) = below.pop() {
        if !silent.contains(&role(child).as_str()) {
            return false;
        }
        below.extend(children(nodes, child));
    }
    !name.is_empty() && named.contains(&role(node).as_str())
}

/// The nodes right below one.
fn children<'a>(nodes: &'a [Value], node: &Value) -> Vec<&'a Value> {
    let ids = node.get("childIds").and_then(Value::as_array).into_iter().flatten();
    ids.filter_map(|id| nodes.iter().find(|node| node.get("nodeId") == Some(id))).collect()
}

/// What a node says of its state, by the names of the specification: what could be on and is not, too.
fn states(node: &Value) -> String {
    let role = node.pointer("/role/value").and_then(Value::as_str).unwrap_or_default();
    let properties = node.get("properties").and_then(Value::as_array).into_iter().flatten();
    let mut states = Vec::new();
    for property in properties {
        let name = property.get("name").and_then(Value::as_str).unwrap_or_default();
        let value = property.pointer("/value/value").cloned().unwrap_or_default();
        let is_said = match name {
            "checked" | "expanded" | "pressed" => true,
            "level" => role == "heading",
            "focused" => role != "RootWebArea",
            "disabled" | "invalid" | "keyshortcuts" | "modal" | "required" | "selected" => {
                value != json!(false) && value != json!("false")
            }
            _ => false,
        };
        if is_said {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            states.push(format!(" [{name}: {value}]"));
        }
    }
    let description = node.pointer("/description/value").and_then(Value::as_str);
    if let Some(description) = description.filter(|it| !it.is_empty()) {
        states.push(format!(" ({description})"));
    }
    states.concat()
}
