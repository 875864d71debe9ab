// SPDX-License-Identifier: EUPL-1.2
// The same for modules: the script beside it puts the classes where every page finds them.
import "./embed.js";

export const { ZoooMeeting, ZoooMeetingElement, ZoooRefusal } = globalThis;
export default ZoooMeeting;
