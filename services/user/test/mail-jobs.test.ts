import { randomUUIDv7 } from "node:crypto";
import { NotAccepted, RecipientRefused } from "@tradepost/mail/mail-provider";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { addMailJob } from "../src/storage/mail-job-repository.ts";
import { type Stage, userStage } from "./user-stage.ts";

let stage: Stage;
beforeEach(async () => {
  await stage?.stop();
  stage = await userStage();
});
afterAll(() => stage.stop());

const newMail = () => ({
  ...{ kind: "account-deleted" as const, email: `ada.${randomUUIDv7()}@example.com` },
  ...{ name: "Ada", locale: "en" as const },
});
const add = async () => {
  const request = newMail();
  await addMailJob(stage.postgres, request, stage.parts.now!());
  return request.email;
};
const countTo = (to: string) => stage.mails.sent.filter((each) => each.to === to).length;
const send = () => stage.useCases.sendDueMails();

describe("mails", () => {
  it("are sent if, and only if, the transaction commits that they belong to", async () => {
    const [kept, lost] = [newMail(), newMail()];
    await stage.postgres.transact((tx) => addMailJob(tx, kept, new Date()));
    const rolledBack = stage.postgres.transact(async (tx) => {
      await addMailJob(tx, lost, new Date());
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    await send();
    expect([countTo(kept.email), countTo(lost.email)]).toEqual([1, 0]);
  });

  it("that the provider surely did not take are sent again a little later", async () => {
    stage.mails.failNext(() => {
      throw new NotAccepted("no");
    });
    const to = await add();
    await send();
    expect([countTo(to), stage.mailFailures.length]).toEqual([0, 1]);
    await send();
    expect(countTo(to)).toBe(0);
    stage.advance(6_000);
    await send();
    expect(countTo(to)).toBe(1);
  });

  it("whose answer was lost are asked after, and not sent twice", async () => {
    stage.mails.failNext((record) => {
      record();
      throw new Error("timeout");
    });
    const to = await add();
    await send();
    stage.advance(61_000);
    await send();
    stage.advance(61_000);
    await send();
    expect(countTo(to)).toBe(1);
    const { rows } = await stage.postgres.query("SELECT 1 FROM mail_jobs WHERE done_at IS NULL");
    expect(rows).toEqual([]);
  });

  it("are not sent again because the provider refuses to be asked after them", async () => {
    stage.mails.failNext((record) => {
      record();
      throw new Error("timeout");
    });
    const to = await add();
    await send();
    const asked = vi.spyOn(stage.mails.provider, "wasAccepted").mockRejectedValueOnce(new NotAccepted("too many"));
    for (let turn = 0; turn < 3; turn++) {
      stage.advance(61_000);
      await send();
    }
    expect([asked.mock.calls.length, countTo(to)]).toEqual([2, 1]);
  });

  it("that were lost on the way are sent again once that is known", async () => {
    stage.mails.failNext(() => {
      throw new Error("timeout");
    });
    const to = await add();
    await send();
    expect(countTo(to)).toBe(0);
    stage.advance(61_000);
    await send();
    expect(countTo(to)).toBe(1);
  });

  it("to an address that takes none are given up, and hold up no others", async () => {
    stage.mails.failNext(() => {
      throw new RecipientRefused("no");
    });
    const [bad, good] = [await add(), await add()];
    await send();
    stage.advance(3_600_000);
    await send();
    expect([countTo(bad), countTo(good)]).toEqual([0, 1]);
  });

  it("are sent once by however many replicas", async () => {
    const all = await Promise.all(Array.from({ length: 12 }, add));
    await Promise.all([send(), send(), send(), send()]);
    expect(all.map(countTo)).toEqual(all.map(() => 1));
  });

  it("are not sent when it is too late, and are counted when they are thrown away", async () => {
    const { email } = await stage.registerVerified();
    await stage.call("POST", "/v1/password-resets", { payload: { email } });
    stage.advance(3_600_001);
    expect((await stage.mailsTo(email)).map(({ subject }) => subject)).toEqual(["Confirm your e-mail address"]);
    expect(await stage.useCases.pruneAccounts()).toEqual({ unsentMails: 1 });
  });

  it("keep no address once they are sent, and are forgotten after a week with the links that have expired", async () => {
    const { email } = await stage.register();
    await stage.mailsTo(email);
    const rowsOf = async (table: string) => (await stage.postgres.query(`SELECT * FROM ${table}`)).rows;
    expect(JSON.stringify(await rowsOf("mail_jobs"))).not.toContain(email.slice(0, 20).toLowerCase());
    stage.advance(8 * 86_400_000);
    expect(await stage.useCases.pruneAccounts()).toEqual({ unsentMails: 0 });
    expect([await rowsOf("mail_jobs"), await rowsOf("link_tokens")]).toEqual([[], []]);
  });

  it("about an account that is unproved do not bother the address's owner", async () => {
    const owner = await stage.registerVerified();
    const eve = await stage.register({ email: owner.email, password: "battery staple", name: "Eve" });
    await stage.call("PUT", "/v1/users/me/password", {
      token: eve.token,
      payload: { currentPassword: "battery staple", newPassword: "battery horse" },
    });
    const subjects = (await stage.mailsTo(owner.email)).map(({ subject }) => subject);
    expect(subjects).toEqual(["Confirm your e-mail address", "You already have an account"]);
  });
});
