import type { Socket } from "node:net";
import { errorReply } from "./commands/dispatch.ts";
import { MongoError } from "./mongo-error.ts";
import type { Doc } from "./values.ts";
import { encodeReply, HEADER_BYTES, MAX_MESSAGE_BYTES, Opcode, type Request, readRequest } from "./wire.ts";

/** Answers a command; a promise when the answer must wait for the disk. */
export type Answer = (command: Doc) => Doc | Promise<Doc>;

/** Serves one client: cuts its bytes into messages, answers each, and hangs up on what is not the protocol. */
export function serveConnection(socket: Socket, answer: Answer): void {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  let held: Buffer[] = [];
  let heldBytes = 0;
  let wantedBytes = HEADER_BYTES;
  socket.on("data", (chunk) => {
    held.push(chunk as Buffer);
    heldBytes += chunk.length;
    if (heldBytes < wantedBytes) return;
    let buffer = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held, heldBytes);
    wantedBytes = HEADER_BYTES;
    while (buffer.length >= HEADER_BYTES) {
      const length = buffer.readInt32LE(0);
      if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) return void socket.destroy();
      wantedBytes = length;
      if (buffer.length < length) break;
      serveMessage(socket, buffer.subarray(0, length), answer);
      buffer = buffer.subarray(length);
      wantedBytes = HEADER_BYTES;
    }
    held = buffer.length > 0 ? [buffer] : [];
    heldBytes = buffer.length;
  });
}

// A reply of more than 16 MiB, such as a very long `distinct`, cannot be encoded.
function encodeOrExplain(request: Request, reply: Doc): Buffer {
  try {
    return encodeReply(request, reply);
  } catch (error) {
    const reason = `the reply cannot be encoded: ${(error as Error).message}`;
    return encodeReply(request, errorReply(new MongoError(10334, "BSONObjectTooLarge", reason)));
  }
}

function serveMessage(socket: Socket, message: Buffer, answer: Answer): void {
  let request: Request;
  try {
    request = readRequest(message);
  } catch (error) {
    const requestId = message.readInt32LE(4);
    socket.end(encodeReply({ requestId, opcode: Opcode.message }, errorReply(error)));
    return;
  }
  const send = (reply: Doc) => {
    if (request.wantsReply && !socket.destroyed) socket.write(encodeOrExplain(request, reply));
  };
  const reply = answer(request.command);
  if (reply instanceof Promise) reply.then(send, (error) => send(errorReply(error)));
  else send(reply);
}
