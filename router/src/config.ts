import { flag, frontSettings, port, type Settings, type Values } from '@kopru/runtime/config.ts';

/** What the router reads beyond what every service does. */
export const routerSettings = {
  PORT: port('GraphQL over HTTP and graphql-ws, with Apollo Sandbox. 0 takes any free port.', 4000),
  INTROSPECTION: flag('Whether clients may read the schema; without it, errors suggest no names either.', true),
  ...frontSettings,
} as const satisfies Settings;
export type RouterSettings = Values<typeof routerSettings>;
