import { useMessages } from "../../app/market.tsx";
import { AccountFrame } from "./account-frame.tsx";
import { AddressBook } from "./address-book.tsx";
import { PreferencesForm } from "./preferences-form.tsx";
import { ProfileForm } from "./profile-form.tsx";

/** What the shop knows to serve the shopper well. */
export default function AccountPage() {
  const { account: words } = useMessages();
  return (
    <AccountFrame title={words.title}>
      {(me) => (
        <div className="grid gap-10 lg:grid-cols-2 lg:gap-14">
          <AddressBook />
          <div className="flex flex-col gap-10">
            <ProfileForm me={me} />
            <PreferencesForm fields={["locale", "currency"]} />
          </div>
        </div>
      )}
    </AccountFrame>
  );
}
