// SPDX-License-Identifier: EUPL-1.2
// A meeting as a component of React (18 or newer).
import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { ZoooMeeting } from "zooo-embed";

function Meeting({ room, language, onEvent }) {
  const place = useRef(null);
  const told = useRef(onEvent);
  told.current = onEvent;
  const meeting = useRef(null);
  // A meeting begins anew with another room only: whoever is in it stays there whatever else is drawn anew.
  useEffect(() => {
    meeting.current = new ZoooMeeting({ room, parent: place.current, language });
    meeting.current.on("event", (event) => told.current?.(event, meeting.current));
    return () => meeting.current.dispose();
  }, [room]);
  useEffect(() => {
    if (language) meeting.current.setLanguage(language).catch(() => {});
  }, [language]);
  return <div ref={place} style={{ blockSize: "30rem" }} />;
}

function Lesson({ room }) {
  const [stage, setStage] = useState("–");
  const [language, setLanguage] = useState("en");
  return (
    <>
      <h1>A lesson</h1>
      <output id="stage">{stage}</output>
      <button id="german" onClick={() => setLanguage("de")}>
        Deutsch
      </button>
      <Meeting room={room} language={language} onEvent={(_, meeting) => setStage(`${meeting.stage}`)} />
    </>
  );
}

const room = decodeURIComponent(location.hash.slice(1));
createRoot(document.querySelector("#app")).render(<Lesson room={room} />);
