/** Where a shop keeps what happened. The fields are those of a local stack's stores. */
export interface Places {
  /** The user service's is read where it runs: for its events. */
  databaseUrls: Record<"order" | "payment", string> & { user?: string };
  /** With the product service's database in its path. */
  mongoUrl: string;
  /** With the virtual host in its path, unless it is `/`. */
  rabbitUrl: string;
  /** The cart service's Redis database. */
  cartRedisUrl: string;
  sandboxUrl: string;
}
