// SPDX-License-Identifier: EUPL-1.2
// A meeting in a component of Vue 3: the custom element. In templates, `compilerOptions.isCustomElement` names it.
import { createApp, h, ref } from "vue";
import "zooo-embed";

const Lesson = {
  props: { room: { type: String, required: true } },
  setup({ room }) {
    const [stage, language] = [ref("–"), ref("en")];
    const follow = (event) => {
      stage.value = `${event.target.meeting?.stage}`;
    };
    const on = Object.fromEntries(
      ["onGate", "onWaiting", "onJoined", "onLeft"].map((name) => [name, follow]),
    );
    return () => [
      h("h1", "A lesson"),
      h("output", { id: "stage" }, stage.value),
      h("button", { id: "german", onClick: () => (language.value = "de") }, "Deutsch"),
      // Its attributes are the options, its events those of the meeting.
      h("zooo-meeting", { room, language: language.value, style: "block-size: 30rem", ...on }),
    ];
  },
};

createApp(Lesson, { room: decodeURIComponent(location.hash.slice(1)) }).mount("#app");
