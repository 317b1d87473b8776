import type { Sql } from "@tradepost/postgres/sql";
import { deviceName } from "../domain/device-name.ts";
import { rememberDevice } from "../storage/device-repository.ts";
import { hashDeviceKey } from "../storage/session-store.ts";
import type { Origin } from "./start-session.ts";

/** Remembers the device of a sign-in; true for one the account was never used from. Without a key its name is all there is. */
export const noteDevice = (tx: Sql, userId: string, { deviceKey, userAgent }: Origin, now: Date): Promise<boolean> =>
  rememberDevice(tx, userId, deviceKey === undefined ? `name:${deviceName(userAgent)}` : hashDeviceKey(deviceKey), now);
