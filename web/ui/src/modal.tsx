import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

const PLACES = {
  right:
    "ms-auto me-0 h-dvh max-h-none w-full max-w-md [--modal-from:100%_0] not-open:[translate:var(--modal-from)] sm:rounded-s-lg",
  left: "ms-0 me-auto h-dvh max-h-none w-[88vw] max-w-sm [--modal-from:-100%_0] not-open:[translate:var(--modal-from)]",
  bottom:
    "mt-auto mb-0 mx-0 max-h-[88dvh] w-full max-w-none rounded-t-lg [--modal-from:0_100%] not-open:[translate:var(--modal-from)]",
  wide: "m-auto w-[calc(100%-2rem)] max-w-5xl max-h-[96dvh] rounded-lg [--modal-from:0_12px]",
  centre: "m-auto w-[calc(100%-2rem)] max-w-2xl max-h-[92dvh] rounded-lg [--modal-from:0_12px]",
};

interface ModalProps {
  open: boolean;
  onClose: () => void;
  title: string;
  closeLabel: string;
  place?: keyof typeof PLACES;
  children: ReactNode;
  footer?: ReactNode;
}

/**
 * A modal on the browser's own dialog: it keeps focus inside, closes on Escape and on the backdrop, and gives the
 * focus back. Its content is mounted only while it is open.
 */
export function Modal({ open, onClose, title, closeLabel, place = "centre", children, footer }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog; the click is only for the backdrop
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      // The word that it closed comes a moment later; it may have been opened again meanwhile.
      onClose={() => dialog.current?.open || onClose()}
      onClick={(event) => event.target === dialog.current && onClose()}
      className={classNames(
        "modal-motion fixed inset-0 flex-col overflow-hidden bg-paper p-0 text-ink shadow-lift open:flex",
        PLACES[place],
      )}
    >
      <div className="flex items-center justify-between gap-4 border-line border-b py-2 ps-5 pe-2">
        <h2 id={titleId} className="font-display text-2xl">
          {title}
        </h2>
        <IconButton label={closeLabel} onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-5">{open && children}</div>
      {footer && open && <div className="border-line border-t bg-surface p-5">{footer}</div>}
    </dialog>
  );
}
