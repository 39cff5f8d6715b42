"use strict";
// Of the goals only those of the chosen pair are shown; without this script each list says whose it is.
const chosen = () => document.querySelector('input[name="pair"]:checked')?.value;
const show = () => document.querySelectorAll("fieldset[data-of]").forEach((list) => {
  list.hidden = list.disabled = list.dataset.of !== chosen();
});
document.querySelectorAll('input[name="pair"]').forEach((one) => one.addEventListener("change", show));
show();
