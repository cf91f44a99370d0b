import { SupportSocket } from '../client/support.ts';
import type { Installation } from '../env/installation.ts';

/** Those who take part, all at one process. */
export interface Crowd {
  readonly visitors: readonly { readonly socket: SupportSocket; readonly threadId: string }[];
  readonly agents: readonly SupportSocket[];
}

/** How long somebody may take to come in, in milliseconds. */
const patience = 60_000;

/** How many come at a time. */
const atATime = 25;

/** Connects everybody and lets them join. */
export async function gather(
  { rest }: Installation,
  { visitors, agents }: { readonly visitors: number; readonly agents: number },
): Promise<Crowd> {
  const { origin } = new URL(rest[0]);
  return {
    agents: await inTurns(agents, async (number) => {
      const cookie = await signIn(origin, `198.51.100.${number}`);
      const socket = new SupportSocket(origin, { name: 'An agent', headers: { cookie } });
      const { error } = await socket.call('admin_join', undefined, patience);
      if (error) throw new Error(`The agent was not let in: ${error.type}`);
      return socket;
    }),
    visitors: await inTurns(visitors, async (number) => {
      const address = `203.0.${113 + (number >> 8)}.${number & 255}`;
      const socket = new SupportSocket(origin, { name: 'A visitor', headers: { 'x-forwarded-for': address } });
      const { thread_id } = await socket.call('join', { display_name: `Visitor ${number}` }, patience);
      return { socket, threadId: String(thread_id) };
    }),
  };
}

async function inTurns<Made>(count: number, make: (number: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  while (made.length < count) {
    const turn = Array.from({ length: Math.min(atATime, count - made.length) }, (_, index) => made.length + index);
    made.push(...(await Promise.all(turn.map(make))));
  }
  return made;
}

/** Codes follow each other: a new one voids the one before. */
let lastSignIn: Promise<unknown> = Promise.resolve();

/** A session of an agent's own. */
function signIn(origin: string, address: string): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  const post = (path: string, body: object) =>
    fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const signedIn = lastSignIn.then(async () => {
    const { otp } = (await (await post('/request-otp', {})).json()) as { otp?: string };
    const [cookie = ''] = (await post('/verify-otp', { otp })).headers.getSetCookie();
    return cookie.split(';', 1)[0] ?? '';
  });
  lastSignIn = signedIn;
  return signedIn;
}
