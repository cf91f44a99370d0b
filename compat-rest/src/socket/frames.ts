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
