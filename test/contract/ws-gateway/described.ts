import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import type { GatewayPath, GatewaySocket } from '../../client/gateway.ts';
import type { Place } from '../../place.ts';

interface Description {
  readonly channels: Readonly<
    Record<string, { readonly address: string; readonly messages: Readonly<Record<string, { readonly $ref: string }>> }>
  >;
  readonly operations: Readonly<Record<string, { readonly action: 'send' | 'receive' }>>;
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly payload: object }>>;
    readonly schemas: object;
  };
}

/** What the gateway says of its own sockets. */
async function description(place: Place): Promise<Description> {
  return (await (await fetch(`${place.installation.gatewayHttp[0]}/asyncapi.json`)).json()) as Description;
}

/** Expects every frame that the sockets were sent to be as the gateway describes it. */
export async function expectDescribed(place: Place, ...sockets: readonly GatewaySocket[]): Promise<void> {
  const described = await description(place);
  const problems = sockets.flatMap((socket) => {
    const check = checks(described, socket.path);
    return socket.frames.flatMap((frame) => check(frame.op ?? frame.event ?? '', frame));
  });
  expect(problems).toEqual([]);
}

function checks({ channels, components }: Description, path: GatewayPath): (name: string, frame: object) => string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const messages = Object.values(channels).find(({ address }) => address === path)?.messages ?? {};
  return (name, frame) => {
    const key = messages[name]?.$ref.split('/').at(-1) ?? '';
    const payload = components.messages[key]?.payload;
    if (!payload) return [`${name} is not described on ${path}`];
    const valid = ajv.compile({ ...payload, components: { schemas: components.schemas } });
    return valid(frame) ? [] : [`${JSON.stringify(frame)}: ${ajv.errorsText(valid.errors)}`];
  };
}
