import type { Image } from "@tradepost/contracts/product";
import { Icon } from "@tradepost/ui/icon";
import { useEffect, useRef, useState } from "react";
import { useMessages } from "../../app/market.tsx";
import { ModalOnDemand } from "../../app/modal-on-demand.tsx";

const SIZES = "(min-width: 1280px) 700px, (min-width: 768px) 50vw, 100vw";

/** The pictures of a product: a strip to swipe, small ones to jump to, and a large view. */
export function Gallery({ images, current }: { images: Image[]; current: number }) {
  const { product: words, shop } = useMessages();
  const strip = useRef<HTMLUListElement>(null);
  const [shown, setShown] = useState(current);
  const [zoomed, setZoomed] = useState(false);

  const show = (index: number, behavior: ScrollBehavior) => {
    const list = strip.current;
    list?.scrollTo({ left: index * list.clientWidth, behavior });
    setShown(index);
  };
  const showNow = useRef(show);
  showNow.current = show;
  useEffect(() => showNow.current(current, "instant"), [current]);
  const large = images[shown];

  return (
    <section aria-label={words.gallery} className="flex flex-col gap-3">
      <div className="relative">
        <ul
          ref={strip}
          onScroll={({ currentTarget: list }) => setShown(Math.round(list.scrollLeft / list.clientWidth))}
          className="flex snap-x snap-mandatory overflow-x-auto rounded-lg bg-sunken [scrollbar-width:none]"
        >
          {images.map((image, index) => (
            <li key={image.url} className="w-full shrink-0 snap-center" inert={index !== shown}>
              <button
                type="button"
                className="block w-full cursor-zoom-in"
                aria-label={`${words.zoom}: ${image.alt}`}
                onClick={() => setZoomed(true)}
              >
                <img
                  src={image.url}
                  srcSet={`${image.thumbnailUrl} 480w, ${image.url} 1200w`}
                  sizes={SIZES}
                  alt={image.alt}
                  width={image.width}
                  height={image.height}
                  fetchPriority={index === 0 ? "high" : "low"}
                  loading={index === 0 ? "eager" : "lazy"}
                  className="aspect-square w-full object-cover"
                />
              </button>
            </li>
          ))}
        </ul>
        <span className="pointer-events-none absolute end-4 bottom-4 grid size-11 place-items-center rounded-full bg-paper text-ink shadow-lift">
          <Icon name="expand" size={18} />
        </span>
      </div>
      {images.length > 1 && (
        <ul className="-m-1 flex gap-2 overflow-x-auto p-1 md:gap-3">
          {images.map((image, index) => (
            <li key={image.url} className="shrink-0">
              <button
                type="button"
                aria-label={words.showPicture(index + 1, images.length)}
                aria-current={index === shown}
                onClick={() => show(index, "smooth")}
                className="block overflow-hidden rounded-md border-2 border-transparent opacity-80 transition hover:opacity-100 aria-[current=true]:border-accent aria-[current=true]:opacity-100"
              >
                <img
                  src={image.thumbnailUrl}
                  alt=""
                  width={72}
                  height={72}
                  className="size-16 object-cover md:size-18"
                />
              </button>
            </li>
          ))}
        </ul>
      )}
      {large && (
        <ModalOnDemand
          open={zoomed}
          onClose={() => setZoomed(false)}
          title={large.alt}
          closeLabel={shop.close}
          place="wide"
        >
          <img
            src={large.url}
            alt={large.alt}
            width={large.width}
            height={large.height}
            className="mx-auto max-h-[78dvh] w-auto rounded-md object-contain"
          />
        </ModalOnDemand>
      )}
    </section>
  );
}
