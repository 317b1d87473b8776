import { type ComponentProps, lazy, Suspense, useEffect, useState } from "react";

const load = () => import("@tradepost/ui/modal");
const Modal = lazy(async () => ({ default: (await load()).Modal }));

/** A modal whose code is loaded when it is first opened. */
export function ModalOnDemand(props: Omit<ComponentProps<typeof Modal>, "ref">) {
  const [wanted, setWanted] = useState(props.open);
  useEffect(() => {
    if (props.open) setWanted(true);
  }, [props.open]);
  return wanted ? (
    <Suspense>
      <Modal {...props} />
    </Suspense>
  ) : null;
}
