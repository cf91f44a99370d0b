import type { Delivery } from '@kopru/router/graph/graph.ts';
import { operationFailure } from '../failure.ts';

/** Makes something of each delivery once, however many sockets it goes to. */
export function oncePerDelivery<Made extends object>(make: (delivery: Delivery) => Made): (delivery: Delivery) => Made {
  const made = new WeakMap<Delivery, Made>();
  return (delivery) => {
    let result = made.get(delivery);
    if (!result) {
      result = make(delivery);
      made.set(delivery, result);
    }
    return result;
  };
}

/** What a delivery holds: data; nothing any more; or something that cannot be told. */
export type Content<Data> =
  | { readonly kind: 'data'; readonly data: Data }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly reason: string };

export function contentOf<Data>({ result }: Delivery): Content<Data> {
  const [error] = result.errors ?? [];
  if (error) {
    const { code, message } = operationFailure(error);
    // What the event is about has gone since, or may not be read any more; an event of its own says so.
    return code === 'NOT_FOUND' || code === 'FORBIDDEN' ? { kind: 'nothing' } : { kind: 'failed', reason: message };
  }
  return result.data
    ? { kind: 'data', data: result.data as Data }
    : { kind: 'failed', reason: 'The event came without data.' };
}

const text = 0x81;

/** The bytes of a whole text frame from server to client: the same for every socket, as such frames are not masked. */
export function textFrame(payload: string): Buffer {
  const length = Buffer.byteLength(payload);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafeSlow(head + length);
  frame[0] = text;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(payload, head);
  return frame;
}
