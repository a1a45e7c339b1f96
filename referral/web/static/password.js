// A button beside each password that shows it; without scripts a password stays hidden.
(() => {
  "use strict";

  for (const field of document.querySelectorAll("[data-password]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--plain button--small show-password";
    button.textContent = field.dataset.show;
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.textContent = shown ? field.dataset.show : field.dataset.hide;
      button.setAttribute("aria-pressed", String(!shown));
    });
    field.after(button);
    // Sent hidden again, so that the browser offers to keep it and does not keep it as a word.
    if (field.form) field.form.addEventListener("submit", () => (field.type = "password"));
  }
  document.querySelector("[data-focus]")?.focus();
})();
