// The countdown of a question. Screen readers announce half time, the last ten seconds and the end.
// The server decides whether an answer is in time. Without this file the page states the time limit.

const clock = document.querySelector(".clock");
if (clock) {
  const display = clock.querySelector("p");
  const status = clock.querySelector("[role=status]");
  const total = Number(clock.dataset.left);
  const ends = performance.now() + total * 1000;
  const announced = new Set();
  const announce = (at, text) => {
    if (!announced.has(at)) status.textContent = text;
    announced.add(at);
  };
  const tick = () => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    display.textContent = left ? `${left} second${left === 1 ? "" : "s"} left` : "Time is up. You can still take more.";
    if (left === 0) announce(0, "Time is up. You can still take more time.");
    else if (left <= 10 && total > 10) announce(10, "Ten seconds left.");
    else if (left <= total / 2) announce("half", "Half of the time is left.");
    if (left) setTimeout(tick, 250);
  };
  tick();
}
