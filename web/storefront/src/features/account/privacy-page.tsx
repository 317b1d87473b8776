import { useMessages } from "../../app/market.tsx";
import { AccountFrame } from "./account-frame.tsx";
import { DeleteAccount } from "./delete-account.tsx";
import { ExportData } from "./export-data.tsx";
import { PreferencesForm } from "./preferences-form.tsx";

/** What the shop may do with what it knows, and how to take it along or have it deleted. */
export default function PrivacyPage() {
  const { account: words } = useMessages();
  return (
    <AccountFrame title={words.tabs.privacy}>
      {() => (
        <div className="grid gap-10 lg:grid-cols-2 lg:gap-14">
          <PreferencesForm fields={["marketing", "sms"]} />
          <div className="flex flex-col gap-10">
            <ExportData />
            <DeleteAccount />
          </div>
        </div>
      )}
    </AccountFrame>
  );
}
