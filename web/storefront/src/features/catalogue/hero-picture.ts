/** The start page's picture, wide and for small screens. */
export const HERO = { url: "/media/hero/hero-1600.webp", narrowUrl: "/media/hero/hero-800.webp" };
export const NARROW_SCREEN = "(max-width: 47.99rem)";

/** Asks for the picture before the page that shows it is there. */
export function preloadHero(): void {
  const image = new Image();
  image.fetchPriority = "high";
  image.src = matchMedia(NARROW_SCREEN).matches ? HERO.narrowUrl : HERO.url;
}
