// Adds the reader's local time after a time in the contest's time zone. Without this file there is only the latter.

for (const time of document.querySelectorAll("time[data-own-time]")) {
  const own = new Date(time.dateTime).toLocaleString([], {
    weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZoneName: "short",
  });
  const added = document.createElement("span");
  added.className = "own-time";
  added.textContent = ` (for you: ${own})`;
  time.after(added);
}
