// Passkeys: hands the browser what the server asks (data-passkey), and sends the browser's answer with the form around it.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const keys = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

function asked({ challenge, user, excludeCredentials, allowCredentials, ...rest }) {
  const key = { ...rest, challenge: bytes(challenge) };
  if (user) return { ...key, user: { ...user, id: bytes(user.id) }, excludeCredentials: keys(excludeCredentials) };
  return { ...key, allowCredentials: keys(allowCredentials) };
}

function answered({ id, rawId, type, response }) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].filter((name) => response[name]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(names.map((name) => [name, text(response[name])])) });
}

async function ask(place) {
  const options = JSON.parse(place.dataset.passkey).publicKey;
  const form = place.closest("form");
  if (options.user && !form.reportValidity()) return;
  const said = place.querySelector("[data-passkey-said]");
  said.hidden = true;
  try {
    const how = options.user ? "create" : "get";
    place.querySelector("input").value = answered(await navigator.credentials[how]({ publicKey: asked(options) }));
    form.submit();
  } catch (refusal) {
    said.textContent = { SecurityError: place.dataset.elsewhere, InvalidStateError: place.dataset.again }[refusal.name] ?? place.dataset.refused;
    said.hidden = false;
  }
}

for (const place of document.querySelectorAll("[data-passkey]")) {
  const button = place.querySelector("button");
  button.disabled = !window.PublicKeyCredential;
  place.querySelector("[data-passkey-absent]").hidden = Boolean(window.PublicKeyCredential);
  button.addEventListener("click", () => ask(place));
}
