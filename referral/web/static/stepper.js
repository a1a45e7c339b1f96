// Puts buttons beside a number, so that it can be set by a thumb; the number can be typed without.
(() => {
  "use strict";

  for (const box of document.querySelectorAll("[data-stepper]")) {
    const number = box.querySelector("input");
    const button = (sign, label, step) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "stepper__button";
      made.textContent = sign;
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => {
        const next = (Number.parseInt(number.value, 10) || 0) + step;
        number.value = String(Math.max(Number(number.min), Math.min(Number(number.max), next)));
      });
      return made;
    };
    box.prepend(button("−", box.dataset.less, -1));
    box.append(button("+", box.dataset.more, 1));
  }
})();
