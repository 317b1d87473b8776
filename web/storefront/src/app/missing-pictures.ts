const PAUSES_MS = [2_000, 5_000, 10_000, 20_000, 40_000];
const tries = new WeakMap<HTMLImageElement, number>();

/**
 * A picture that does not arrive leaves its quiet background instead of a broken mark, and is asked for again a few
 * times: the network may be bad, or the picture not made yet.
 */
export function mendMissingPictures(root: Document = document): void {
  root.addEventListener("error", ({ target }) => target instanceof HTMLImageElement && askAgain(target), true);
  root.addEventListener(
    "load",
    ({ target }) => target instanceof HTMLImageElement && target.removeAttribute("data-missing"),
    true,
  );
}

function askAgain(image: HTMLImageElement): void {
  image.setAttribute("data-missing", "");
  const tried = tries.get(image) ?? 0;
  const pauseMs = PAUSES_MS[tried];
  tries.set(image, tried + 1);
  if (pauseMs === undefined) return;
  setTimeout(() => {
    // The same address again: the browser asks for it anew, since an error is never kept.
    if (image.isConnected) image.src = image.getAttribute("src") ?? "";
  }, pauseMs);
}
