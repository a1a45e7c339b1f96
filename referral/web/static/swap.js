// Shows a new answer in place of the old one, without loading the page again. A form that asks for it
// (data-swap) works all the same without: then the browser loads the page itself.
(() => {
  "use strict";

  const main = document.querySelector("main");
  let asked = null;

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-swap]") || event.defaultPrevented) return;
    event.preventDefault();
    answer(form, event.submitter);
  });

  async function answer(form, button) {
    const filled = new FormData(form, button);
    if (asked) asked.abort();
    const mine = (asked = new AbortController());
    main.setAttribute("aria-busy", "true");
    try {
      // What a person said travels in the body, and the address of the page stays as it was.
      const got = await fetch(form.action, { method: "POST", body: new URLSearchParams(filled), signal: mine.signal });
      const page = new DOMParser().parseFromString(await got.text(), "text/html");
      const fresh = page.querySelector("main");
      if (!fresh) throw new Error("no answer");
      main.replaceChildren(...fresh.childNodes);
      document.title = page.title;
      document.dispatchEvent(new Event("shown"));
      const errors = main.querySelector("[data-focus]");
      (errors || main).focus({ preventScroll: true });
      window.scrollTo(0, 0);
    } catch (error) {
      if (error.name === "AbortError") return;
      // The line is broken: let the browser try, it says best what is wrong.
      if (button && button.name) form.append(hidden(button.name, button.value));
      form.submit();
    } finally {
      if (asked === mine) main.removeAttribute("aria-busy");
    }
  }

  function hidden(name, value) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    return field;
  }
})();
