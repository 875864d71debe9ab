// SPDX-License-Identifier: EUPL-1.2
//! What axe-core finds: barriers that a program can see.

use std::fs;

use serde_json::{Value, json};

use crate::{page::CallPage, world};

/// Where `scripts/setup test` puts it.
const AXE: &str = ".tools/axe/node_modules/axe-core/axe.min.js";

/// Which rules.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rules {
    /// WCAG 2.2, levels A and AA, and EN 301 549.
    Law,
    /// Contrast of level AAA, for who asks for more.
    MoreContrast,
}

impl CallPage {
    /// The barriers on the screen, each as a line.
    pub async fn barriers(&self, rules: Rules) -> Vec<String> {
        // The policy of the page lets no script in; the driver does not ask it.
        if self.browser().execute("return !window.axe", Vec::new()).await == json!(true) {
            let file = world::root().join(AXE);
            let axe = fs::read_to_string(&file).unwrap_or_else(|error| {
                panic!("{}: {error}; `scripts/setup test` fetches it", file.display())
            });
            self.browser().execute(&axe, Vec::new()).await;
        }
        let found = self.browser().execute(RUN, vec![options(rules)]).await;
        let lines = found.as_array().unwrap_or_else(|| panic!("axe says {found}"));
        lines.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
    }
}

fn options(rules: Rules) -> Value {
    match rules {
        Rules::Law => json!({
            "runOnly": {
                "type": "tag",
                "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549"],
            },
            // Not asked for, it is not looked at.
            "rules": { "target-size": { "enabled": true } },
        }),
        Rules::MoreContrast => {
            json!({ "runOnly": { "type": "rule", "values": ["color-contrast-enhanced"] } })
        }
    }
}

const RUN: &str = r#"
    const line = ({ id, help }, { target, any, all, none }) =>
        `${id} (${help}): ${target.join(" ")}: ${[...any, ...all, ...none].map(({ message }) => message).join("; ")}`;
    return axe.run(document, { ...arguments[0], resultTypes: ["violations"], preload: false })
        .then(({ violations, passes }) => {
            if (passes.length === 0 && violations.length === 0) throw new Error("axe looked at nothing");
            return violations.flatMap((rule) => rule.nodes.map((node) => line(rule, node)));
        });
"#;
