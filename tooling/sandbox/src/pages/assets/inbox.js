// Keeps the list fresh: asks for this page again and swaps the list when it changed.
const everyMs = 2000;
const list = document.querySelector("#messages");
const news = document.querySelector("#news");

function showLocalTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const sameDay = at.toDateString() === new Date().toDateString();
    time.textContent = at.toLocaleString(
      [],
      sameDay ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" },
    );
    time.title = at.toLocaleString();
  }
}

const linksOf = (root) => [...root.querySelectorAll("a")].map((link) => link.getAttribute("href"));

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = page.querySelector("#messages");
  const [before, now] = [linksOf(list), linksOf(next)];
  if (now.join() === before.join()) return;
  showLocalTimes(next);
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  list.replaceChildren(...next.children);
  document.querySelector(".list .empty")?.remove();
  if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  const added = now.filter((link) => !before.includes(link)).length;
  if (added > 0) news.textContent = added === 1 ? "One new message" : `${added} new messages`;
}

showLocalTimes(document);
setInterval(refresh, everyMs);
