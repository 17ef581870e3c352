// Proof of work: about a second for one entry, which makes a million entries expensive. The form also works without.

const form = document.querySelector("form[data-work]");
if (form && crypto.subtle) {
  const bits = Number(form.dataset.work);
  const digest = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const zeros = (bytes) => {
    let found = 0;
    for (const byte of bytes) {
      found += Math.clz32(byte) - 24;
      if (byte) break;
    }
    return found;
  };
  const work = async () => {
    for (let number = 0; ; number++)
      if (zeros(await digest(`${form.elements.stamp.value} ${number}`)) >= bits) {
        form.elements.work.value = number;
        return;
      }
  };
  form.addEventListener("focusin", work, { once: true });
}
