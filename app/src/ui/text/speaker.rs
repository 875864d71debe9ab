// SPDX-License-Identifier: EUPL-1.2
//! What is said when somebody tries their speaker, in every language.

/// What became of the two notes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker {
    pub(crate) played: &'static str,
    pub(crate) silent: &'static str,
}

pub(super) const DE: Speaker = Speaker {
    played: "Gerade erklangen zwei Töne. Haben Sie nichts gehört, stellen Sie den Ton lauter oder wählen Sie einen anderen Lautsprecher.",
    silent: "Der Browser spielt hier keinen Ton ab. Laden Sie die Seite neu, oder nehmen Sie einen anderen Browser.",
};

pub(super) const EN: Speaker = Speaker {
    played: "Two notes were just played. If you heard nothing, turn up the sound or choose another speaker.",
    silent: "The browser plays no sound here. Load the page again, or use another browser.",
};
