import { deserialize, serialize } from "bson";
import { type Doc, decodeDocument } from "./values.ts";

/** MongoDB's wire protocol: 16 bytes of header (length, request id, response to, opcode), little endian. */
export const HEADER_BYTES = 16;
export const MAX_MESSAGE_BYTES = 48_000_000 + 16_384;
export const Opcode = { reply: 1, query: 2004, compressed: 2012, message: 2013 } as const;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME;

export interface Request {
  requestId: number;
  opcode: number;
  command: Doc;
  wantsReply: boolean;
}

/** Reads one whole message. Throws for what is not OP_MSG or the OP_QUERY of an old handshake. */
export function readRequest(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === Opcode.message) return { requestId, opcode, ...readMessage(message) };
  if (opcode === Opcode.query) return { requestId, opcode, command: readQuery(message), wantsReply: true };
  throw new Error(opcode === Opcode.compressed ? "OP_COMPRESSED was not negotiated" : `unsupported opcode ${opcode}`);
}

function readMessage(message: Buffer): Pick<Request, "command" | "wantsReply"> {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & 0xffff & ~KNOWN_REQUIRED_FLAGS) !== 0) throw new Error(`unknown required OP_MSG flags ${flags}`);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let command: Doc = {};
  const sequences: Doc = {};
  for (let at = HEADER_BYTES + 4; at < end; ) {
    const kind = message[at];
    const length = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + length);
    if (kind === 0) command = readBody(section);
    else if (kind === 1) Object.assign(sequences, readSequence(section));
    else throw new Error(`unknown OP_MSG section ${kind}`);
    at += 1 + length;
  }
  const [name = ""] = Object.keys(command);
  const lists = name === "insert" ? sequences : decodeLists(sequences);
  return { command: Object.assign(command, lists), wantsReply: (flags & MORE_TO_COME) === 0 };
}

const INSERT = Buffer.from("insert\0");

// The documents to insert stay BSON, because that is how the journal wants them.
function readBody(bytes: Buffer): Doc {
  if (bytes.subarray(5, 5 + INSERT.length).equals(INSERT)) {
    return deserialize(bytes, { fieldsAsRaw: { documents: true } });
  }
  return decodeDocument(bytes);
}

function readSequence(section: Buffer): Record<string, Buffer[]> {
  const nameEnd = section.indexOf(0, 4);
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const length = section.readInt32LE(at);
    if (length < 5) throw new Error("malformed document sequence");
    documents.push(section.subarray(at, at + length));
    at += length;
  }
  return { [section.toString("utf8", 4, nameEnd)]: documents };
}

const decodeLists = (sequences: Doc): Doc =>
  Object.fromEntries(Object.entries(sequences).map(([name, list]) => [name, (list as Buffer[]).map(decodeDocument)]));

function readQuery(message: Buffer): Doc {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  const [database] = message.toString("utf8", HEADER_BYTES + 4, nameEnd).split(".");
  return { ...decodeDocument(message.subarray(nameEnd + 9)), $db: database };
}

let lastRequestId = 0;

/** The bytes that answer a request in the protocol it came in. */
export function encodeReply({ requestId, opcode }: Pick<Request, "requestId" | "opcode">, reply: Doc): Buffer {
  const body = serialize(reply, { ignoreUndefined: true });
  const isQuery = opcode === Opcode.query;
  const bodyAt = HEADER_BYTES + (isQuery ? 20 : 5);
  const message = Buffer.alloc(bodyAt + body.length);
  lastRequestId = (lastRequestId + 1) | 0;
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(lastRequestId, 4);
  message.writeInt32LE(requestId, 8);
  message.writeInt32LE(isQuery ? Opcode.reply : Opcode.message, 12);
  if (isQuery) message.writeInt32LE(1, HEADER_BYTES + 16);
  message.set(body, bodyAt);
  return message;
}
