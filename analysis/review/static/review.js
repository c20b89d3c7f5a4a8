// Keys for the coding form. Keys are taken by their place, so they work on any layout.
"use strict";
const form = document.getElementById("coding");
const NOTHING = { voice: "V1", direction: "none", severity: "0", polarity: "none",
  threat_target: "none", coder_confidence: "3" };

function nothing() {
  for (const box of form.querySelectorAll("[name=codes]")) box.checked = false;
  for (const [name, value] of Object.entries(NOTHING)) {
    form.querySelector(`[name="${name}"][value="${value}"]`).checked = true;
  }
  document.getElementById("save").focus();
}

document.addEventListener("keydown", event => {
  const isTyping = event.target.matches("#note, #translation, select");
  if (event.ctrlKey || event.altKey || event.metaKey || (isTyping && event.key !== "Escape")) return;
  const place = (event.shiftKey ? "Shift+" : "") + event.code;
  const choice = form && form.querySelector(`[data-key="${CSS.escape(place)}"]`);
  if (place === "Shift+KeyU") document.getElementById("undo").requestSubmit();
  else if (place === "Shift+Slash") document.querySelector("details").toggleAttribute("open");
  else if (!form) return;
  else if (place === "KeyN") nothing();
  else if (place === "Shift+KeyT") document.getElementById("translation").focus();
  else if (place === "Slash") document.getElementById("note").focus();
  else if (place === "Escape") document.getElementById("save").focus();
  else if (choice) { choice.checked = choice.type === "radio" || !choice.checked; choice.focus(); }
  else return;
  event.preventDefault();
});
if (form) document.getElementById("save").focus({ preventScroll: true });
