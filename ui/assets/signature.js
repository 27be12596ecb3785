// Drawing a signature with a mouse, a finger or a pen: what is drawn goes into a hidden field as a PNG. Nobody has to: the
// typed name is a signature, too.
(() => {
  const box = document.querySelector("[data-signature]");
  if (!box) return;
  const canvas = box.querySelector("canvas"), field = box.querySelector("input"), said = box.querySelector("[role=status]");
  const pen = canvas.getContext("2d");
  let last = null;

  const blank = () => {
    // White also in the dark: it is looked at on paper.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#14213d";
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round" });
  };
  // The canvas has its own measure, whatever the width of the page.
  const placeOf = (event) => {
    const frame = canvas.getBoundingClientRect();
    return [(event.clientX - frame.left) * canvas.width / frame.width, (event.clientY - frame.top) * canvas.height / frame.height];
  };
  const line = (event) => {
    const place = placeOf(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...place);
    pen.stroke();
    last = place;
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = placeOf(event);
    line(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last || !event.isPrimary) return;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const step of between.length ? between : [event]) line(step);
  });
  const lift = () => {
    if (!last) return;
    last = null;
    field.value = canvas.toDataURL("image/png");
    said.textContent = said.dataset.drawn;
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  box.querySelector("[data-clear]").addEventListener("click", () => {
    blank();
    field.value = "";
    said.textContent = said.dataset.empty;
  });

  blank();
  // A form that came back still has what was drawn.
  if (field.value) {
    const drawn = new Image();
    drawn.onload = () => pen.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    drawn.src = field.value;
  }
})();
