import type { Collection, Db, Document } from "mongodb";

/** One thing that a MongoDB server must do, and that any of them can be asked to. */
export interface Case {
  name: string;
  /** Why mongo-java-server, where it is the second server, isn't asked. */
  notInJavaServer?: string;
  run: (collection: Collection<Document>, db: Db) => Promise<void>;
}
