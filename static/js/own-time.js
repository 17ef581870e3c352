// Beside a moment in the contest's zone, the same in the reader's own. Without this file the zone stands alone.

for (const time of document.querySelectorAll("time[data-own-time]")) {
  const own = new Date(time.dateTime).toLocaleString([], {
    weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZoneName: "short",
  });
  const added = document.createElement("span");
  added.className = "own-time";
  added.textContent = ` (for you: ${own})`;
  time.after(added);
}
