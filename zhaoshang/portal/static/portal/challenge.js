// Does the work that lets a form through while its address is braked, so that nobody has to answer the question.
// Where this does not run, the question stays.

const form = document.querySelector("form[data-challenge]");

function noughts(digest) {
  let found = 0;
  for (const byte of digest) {
    found += Math.clz32(byte) - 24;
    if (byte) break;
  }
  return found;
}

async function worked(challenge, bits) {
  const encoder = new TextEncoder();
  for (let number = 0; ; number += 1) {
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(`${challenge}:${number}`));
    if (noughts(new Uint8Array(digest)) >= bits) return String(number);
  }
}

if (form && globalThis.crypto?.subtle) {
  const question = form.querySelector("[data-question]");
  const status = form.querySelector("[role=status]");
  const button = form.querySelector("button[type=submit], button:not([type])");
  question.hidden = true;
  button.disabled = true;
  status.textContent = status.dataset.working;
  form.elements.namedItem("work").value = await worked(form.dataset.challenge, Number(form.dataset.bits));
  button.disabled = false;
  status.textContent = status.dataset.done;
}
