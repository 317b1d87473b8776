/** What the last confirmation of an intent left to remember; its id is the intent's. */
export type Confirmation = {
  id: string;
  /** Where 3-D Secure sends the shopper afterwards. */
  returnUrl: string | null;
  /** Passed 3-D Secure, but a manually confirmed intent has still to be confirmed by the server. */
  authenticated: boolean;
};
