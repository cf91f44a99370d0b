import type { Delivery } from '@kopru/router/graph/graph.ts';

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
