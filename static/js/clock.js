// The clock of a question: seconds to see, and a word at half time, at ten seconds and at the end.
// It only shows what the server counts. Without this file the page says how long there is.

const clock = document.querySelector(".clock");
if (clock) {
  const shown = clock.querySelector("p");
  const told = clock.querySelector("[role=status]");
  const all = Number(clock.dataset.left);
  const ends = performance.now() + all * 1000;
  const said = new Set();
  const tell = (at, text) => {
    if (!said.has(at)) told.textContent = text;
    said.add(at);
  };
  const tick = () => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    shown.textContent = left ? `${left} second${left === 1 ? "" : "s"} left` : "Time is up. You can still take more.";
    if (left === 0) tell(0, "Time is up. You can still take more time.");
    else if (left <= 10 && all > 10) tell(10, "Ten seconds left.");
    else if (left <= all / 2) tell("half", "Half of the time is left.");
    if (left) setTimeout(tick, 250);
  };
  tick();
}
