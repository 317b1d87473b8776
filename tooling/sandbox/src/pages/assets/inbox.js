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

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = page.querySelector("#messages");
  const before = list.querySelectorAll("li").length;
  const now = next.querySelectorAll("li").length;
  if (now === before) return;
  showLocalTimes(next);
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  list.replaceChildren(...next.children);
  document.querySelector(".list .empty")?.remove();
  if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  if (now > before) news.textContent = now - before === 1 ? "One new message" : `${now - before} new messages`;
}

showLocalTimes(document);
setInterval(refresh, everyMs);
