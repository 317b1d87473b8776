import { useMessages } from "../../app/market.tsx";
import { AccountFrame } from "./account-frame.tsx";
import { AuthenticatorApp } from "./authenticator-app.tsx";
import { EmailForm } from "./email-form.tsx";
import { LinkedProviders } from "./linked-providers.tsx";
import { NetworkPin } from "./network-pin.tsx";
import { Passkeys } from "./passkeys.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionList } from "./session-list.tsx";

/** Who can get into the account, and how. */
export default function SecurityPage() {
  const { account: words } = useMessages();
  return (
    <AccountFrame title={words.tabs.security}>
      {(me) => (
        <div className="grid gap-10 lg:grid-cols-2 lg:gap-14">
          <div className="flex flex-col gap-10">
            <AuthenticatorApp />
            <Passkeys />
            <LinkedProviders />
            <SessionList />
          </div>
          <div className="flex flex-col gap-10">
            <PasswordForm me={me} />
            <EmailForm me={me} />
            <NetworkPin />
          </div>
        </div>
      )}
    </AccountFrame>
  );
}
