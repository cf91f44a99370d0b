import type { Delivery } from '../graph/graph.ts';

const textFrame = 0x81;

/**
 * What goes before a subscription's payload in a raw WebSocket frame from server to client:
 * the frame's own header and the beginning of the `next` message. The payload follows as it is, from one buffer for everybody.
 */
export function frameHead(prefix: Buffer, payloadLength: number): Buffer {
  const length = prefix.length + payloadLength;
  const size = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const head = Buffer.allocUnsafe(size + prefix.length);
  head[0] = textFrame;
  if (size === 2) head[1] = length;
  else if (size === 4) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  prefix.copy(head, size);
  return head;
}

/** The beginning of every `next` message of one subscription. */
export const nextPrefix = (id: string): Buffer => Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);

const payloads = new WeakMap<Delivery, Buffer>();

/** The rest of the `next` message: one buffer, whoever receives the delivery. */
export function nextPayload(delivery: Delivery): Buffer {
  let payload = payloads.get(delivery);
  if (!payload) {
    payload = Buffer.from(`${delivery.text}}`);
    payloads.set(delivery, payload);
  }
  return payload;
}
