import type { Headers } from "./exchange.ts";

/**
 * What the storefront's pages may do (S5): no inline script or style, no third party but Stripe. CloudFront's response
 * headers policy says the same in production, where there is no `stripeApiUrl`.
 */
export function pageHeaders(stripeApiUrl: string | undefined): Headers {
  const sandbox = stripeApiUrl === undefined ? "" : ` ${new URL(stripeApiUrl).origin}`;
  const policy = {
    "default-src": "'self'",
    "script-src": "'self' https://js.stripe.com",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": `'self' https://api.stripe.com${sandbox}`,
    "frame-src": `https://js.stripe.com https://hooks.stripe.com${sandbox}`,
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
  };
  return {
    "content-security-policy": Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "permissions-policy": 'camera=(), geolocation=(), microphone=(), payment=(self "https://js.stripe.com")',
    "strict-transport-security": "max-age=63072000; includeSubDomains",
  };
}
