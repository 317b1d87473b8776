import { Button } from "@tradepost/ui/button";
import { Modal } from "@tradepost/ui/modal";
import { useMessages } from "../../app/market.tsx";
import { notify } from "../../app/notifications.tsx";

/** Shows recovery codes, the only time that they are to be seen. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[] | undefined; onDone: () => void }) {
  const { account, shop } = useMessages();
  const { factors: words } = account;
  const copy = async () => {
    await navigator.clipboard.writeText(codes?.join("\n") ?? "");
    notify({ text: words.copied });
  };
  return (
    <Modal open={codes !== undefined} onClose={onDone} title={words.recovery} closeLabel={shop.close}>
      <div className="flex flex-col gap-5">
        <p>{words.recoveryText}</p>
        <ul className="grid gap-x-8 gap-y-2 rounded-md bg-sunken p-4 font-mono sm:grid-cols-2">
          {codes?.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-3">
          <Button onClick={onDone}>{words.kept}</Button>
          <Button look="outline" onClick={copy}>
            {words.copy}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
