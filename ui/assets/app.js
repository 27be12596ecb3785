// Progressive enhancement only: every page works without this file.
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  // What happened is said once: a reload or a shared link does not say it again.
  const address = new URL(location.href);
  if (address.searchParams.has("notice")) {
    address.searchParams.delete("notice");
    history.replaceState(history.state, "", address);
  }

  // Ctrl+K or ⌘K puts the cursor in the search box: it is no single key, so it need not be switched off (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if (event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      const box = document.getElementById("search-box");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open],details.more[open]")) {
        menu.open = false;
        if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      }
    }
  });

  // An open menu closes when the pointer or the focus goes elsewhere.
  const closeOthers = (event) => {
    for (const menu of document.querySelectorAll("details.menu[open],details.more[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  };
  document.addEventListener("pointerdown", closeOthers);
  document.addEventListener("focusin", closeOthers);

  // Single keys press the buttons of a page that has some. They are switched off in one's account, and do nothing while
  // somebody types (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input,select,textarea,[contenteditable]")) return;
    const control = document.querySelector(`[data-keys] [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!control) return;
    event.preventDefault();
    if (!control.matches("summary")) { control.click(); return; }
    control.parentElement.open = true;
    control.parentElement.querySelector("select,input:not([type=hidden]),button:not(.sr)")?.focus();
  });

  // A row that is dragged onto another one sends the form of its own buttons, with the place it was let go at.
  let dragged = null;
  const rowOf = (event) => event.target.closest?.("tr[draggable]");
  document.addEventListener("dragstart", (event) => { dragged = rowOf(event); });
  document.addEventListener("dragover", (event) => {
    const row = rowOf(event);
    for (const other of document.querySelectorAll("tr[data-over]")) if (other !== row) delete other.dataset.over;
    if (dragged && row && row !== dragged) { event.preventDefault(); row.dataset.over = ""; }
  });
  document.addEventListener("drop", (event) => {
    const row = rowOf(event);
    const form = dragged?.querySelector("form[data-move]");
    if (!row || !form) return;
    event.preventDefault();
    form.elements.to.value = row.dataset.place;
    form.requestSubmit();
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    for (const row of document.querySelectorAll("tr[data-over]")) delete row.dataset.over;
  });

  // A card that is dragged onto another column sends its own form with that stage. Without a form it stays where it is.
  let carried = null;
  const dressCards = () => { for (const card of document.querySelectorAll("[data-card]:not([draggable])")) card.draggable = true; };
  dressCards();
  document.addEventListener("htmx:after:swap", dressCards);
  const columnOf = (event) => event.target.closest?.("[data-stage]");
  const unmark = (column) => { for (const other of document.querySelectorAll("[data-stage][data-over]")) if (other !== column) delete other.dataset.over; };
  document.addEventListener("dragstart", (event) => {
    carried = event.target.closest?.("[data-card]");
    if (!carried) return;
    event.dataTransfer.effectAllowed = "move";
    // Some browsers drag nothing that has no data.
    event.dataTransfer.setData("text/plain", carried.querySelector("h3")?.textContent ?? "");
  });
  document.addEventListener("dragover", (event) => {
    const column = carried && columnOf(event);
    unmark(column);
    if (column && column !== carried.closest("[data-stage]")) { event.preventDefault(); column.dataset.over = ""; }
  });
  document.addEventListener("drop", (event) => {
    const column = carried && columnOf(event), form = carried?.querySelector("form[data-move-card]");
    if (!column || !form || column === carried.closest("[data-stage]")) return;
    event.preventDefault();
    form.elements.stage.value = column.dataset.stage;
    form.requestSubmit();
  });
  document.addEventListener("dragend", () => { carried = null; unmark(null); });

  // Theme: shown at once, kept by the server when the form is sent.
  document.addEventListener("change", (event) => {
    const choice = event.target.closest?.("[data-theme-choice]");
    if (choice) {
      if (choice.value === "system") delete root.dataset.theme; else root.dataset.theme = choice.value;
    }
    const auto = event.target.closest?.("form[data-autosubmit]");
    if (auto) auto.requestSubmit();
  });

  // How many columns of a file are chosen follows the selects; without this it is said how many were when the page was opened.
  const countChosen = () => {
    const said = document.querySelector("[data-counted]");
    if (!said) return;
    const chosen = [...document.querySelectorAll(".mapping select[name^='column-']")].filter((select) => select.value);
    said.textContent = said.dataset.counted.replace("#", chosen.length);
  };
  window.addEventListener("pageshow", countChosen);
  document.addEventListener("change", countChosen);

  // What another choice in the form makes meaningless is out of sight, unless something is wrong with it.
  const sift = () => {
    for (const part of document.querySelectorAll("[data-only]")) {
      const [name, value] = part.dataset.only.split(" ");
      const chosen = part.closest("form")?.querySelector(`[name="${name}"]:checked`);
      part.hidden = Boolean(chosen) && chosen.value !== value && !part.querySelector(".error,[aria-invalid]");
    }
  };
  sift();
  window.addEventListener("pageshow", sift);
  document.addEventListener("change", sift);
  document.addEventListener("htmx:after:swap", sift);

  // A form is sent once; the button says so and comes back if the page does.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-download")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  const release = () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };
  window.addEventListener("pageshow", release);
  document.addEventListener("htmx:after:request", release);

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest?.("[data-copy]");
    if (copy) {
      const source = document.getElementById(copy.dataset.copy);
      const done = copy.querySelector("[data-done]");
      try {
        await navigator.clipboard.writeText(source.textContent.trim());
        if (done) { copy.querySelector("[data-label]").hidden = true; done.hidden = false; }
      } catch {
        getSelection().selectAllChildren(source);
      }
    }
    const show = event.target.closest?.("[data-show-password]");
    if (show) {
      const input = document.getElementById(show.dataset.showPassword);
      const visible = input.type === "text";
      input.type = visible ? "password" : "text";
      show.setAttribute("aria-pressed", String(!visible));
    }
  });

  // Errors are read first; after a swap the focus never falls to <body>.
  const readErrors = () => document.querySelector(".error-summary")?.focus();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", readErrors); else readErrors();
  let focusedId = null;
  document.addEventListener("htmx:before:swap", () => { focusedId = document.activeElement?.id || null; });
  document.addEventListener("htmx:after:swap", () => {
    if (document.querySelector(".error-summary")) readErrors();
    const row = document.querySelector("[data-focus-first]");
    const next = row?.querySelector("input:not([type=hidden]), select") ?? document.querySelector("[data-focus-next]");
    if (next) { row?.removeAttribute("data-focus-first"); next.removeAttribute("data-focus-next"); next.focus(); return; }
    if (document.activeElement === document.body) {
      (focusedId && document.getElementById(focusedId) || document.getElementById("main"))?.focus({ preventScroll: true });
    }
  });

  // Fields that lead to a record: a combobox with a list from the server (WAI-ARIA, «list autocomplete with manual selection»).
  // Without it the text is looked up when the form is sent.
  const boxOf = (target) => target.closest?.("[data-combo]");
  const dress = () => {
    for (const input of document.querySelectorAll("[data-combo] > input:not([type=hidden]):not([role])")) {
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-expanded", "false");
    }
  };
  dress();
  document.addEventListener("htmx:after:swap", dress);
  let turn = 0, waiting;
  const shut = (box) => {
    const input = box.firstElementChild;
    turn += 1;
    clearTimeout(waiting);
    box.querySelector(".list").replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.removeAttribute("aria-controls");
  };
  const point = (box, option) => {
    for (const other of box.querySelectorAll("[role=option]")) other.setAttribute("aria-selected", String(other === option));
    box.firstElementChild.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const look = async (box, then) => {
    const input = box.firstElementChild, mine = ++turn;
    let answer;
    try {
      answer = await fetch(box.dataset.combo + encodeURIComponent(input.value.trim()), { headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.headers.has("hx-redirect")) return;
      answer = await answer.text();
    } catch { return; }
    if (mine !== turn || document.activeElement !== input) return;
    const list = box.querySelector(".list");
    list.innerHTML = answer;
    box.querySelector("[role=status]").textContent = list.firstElementChild?.dataset.said ?? "";
    const options = [...list.querySelectorAll("[role=option]")];
    options.forEach((option, place) => { option.id = `${input.id}-option-${place}`; });
    input.setAttribute("aria-expanded", String(options.length > 0));
    if (options.length) {
      const listbox = list.querySelector("[role=listbox]");
      listbox.id = `${input.id}-list`;
      input.setAttribute("aria-controls", listbox.id);
      if (then) point(box, then > 0 ? options[0] : options.at(-1));
    }
  };
  const choose = (box, option) => {
    const input = box.firstElementChild, pick = box.querySelector("[data-pick]");
    input.value = option.dataset.name;
    pick.value = option.dataset.id;
    for (const other of input.form.querySelectorAll(`[name="${pick.name}"]:checked`)) other.checked = false;
    shut(box);
    box.querySelector("[role=status]").textContent = option.textContent;
  };
  document.addEventListener("input", (event) => {
    const box = boxOf(event.target);
    if (!box) return;
    box.querySelector("[data-pick]").value = "";
    clearTimeout(waiting);
    waiting = setTimeout(() => look(box), 200);
  });
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box) return;
    const options = [...box.querySelectorAll("[role=option]")];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (options.length) point(box, options[(at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length]);
      else look(box, step);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(box, options[at]);
    } else if (event.key === "Escape" && box.querySelector(".list").firstChild) {
      event.stopPropagation();
      shut(box);
    }
  });
  document.addEventListener("pointerdown", (event) => { if (event.target.closest?.("[data-combo] .list")) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.("[data-combo] [role=option]");
    if (option) choose(boxOf(option), option);
  });
  document.addEventListener("focusout", (event) => { const box = boxOf(event.target); if (box) shut(box); });

  // Progress without htmx: the same fragment, fetched while the page is visible.
  document.addEventListener("htmx:after:swap", () => {
    const finished = document.querySelector("[data-progress-done]");
    if (finished) location.assign(finished.dataset.progressDone);
  });
})();
