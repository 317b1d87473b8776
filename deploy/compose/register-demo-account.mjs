// Registers the account that DEMO_ACCOUNT describes, unless it is there.
const response = await fetch("http://user:3000/v1/users", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: process.env.DEMO_ACCOUNT,
  signal: AbortSignal.timeout(10_000),
});
if (!response.ok && response.status !== 409) throw new Error(`registering the demo account: ${response.status}`);
