import { forbidden, notFound } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { decodeJwt } from 'jose';

interface Message {
  readonly id: string;
  readonly content: string;
  readonly authorId: string;
}
interface Dream {
  readonly authorId: string;
  readonly title: string;
  readonly said: readonly (readonly [role: string, text: string])[];
}

const at = '2026-02-16T12:34:56.000Z';

/** Messaging, community and dreams as tests want them: they answer by the token that they are shown, and to nobody else. */
export class Elsewhere {
  /** How often each was asked. */
  asked = 0;
  /** How many credits everybody has left. */
  credits = 1;
  readonly #channels = new Map<string, { readonly readers: readonly string[]; readonly messages: Message[] }>();
  readonly #dreams = new Map<string, Dream>();

  channel(...readers: string[]): string {
    const id = newId();
    this.#channels.set(id, { readers, messages: [] });
    return id;
  }

  say(channelId: string, authorId: string, content: string): string {
    const id = newId();
    this.#channels.get(channelId)?.messages.push({ id, content, authorId });
    return id;
  }

  dream(dream: Dream): string {
    const id = newId();
    this.#dreams.set(id, dream);
    return id;
  }

  readonly peers = {
    messaging: (query: string, variables: Record<string, unknown>, caller: Caller): unknown => {
      const id = String(variables.id);
      const [found] = [...this.#channels].filter(([, { messages }]) => messages.some((message) => message.id === id));
      if (!found?.[1].readers.includes(this.#viewer(caller))) throw notFound('Message');
      const [channelId, { messages }] = found;
      if (!query.includes('_entities')) return { message: { channel: { id: channelId } } };
      const place = messages.findIndex((message) => message.id === id);
      const edges = messages.slice(Math.max(0, place - 10), place + 11).map((message) => ({
        node: { id: message.id, content: message.content, createdAt: at, author: { id: message.authorId } },
      }));
      return { _entities: [{ messages: { edges } }] };
    },
    community: (query: string, { id, of }: Record<string, unknown>, caller: Caller): unknown => {
      if (query.includes('_entities')) return { _entities: [{ servers: this.#serversOf(of, caller) }] };
      if (!this.#channels.get(String(id))?.readers.includes(this.#viewer(caller))) throw notFound('Channel');
      return { channel: { name: 'general', server: { name: 'Galata' } } };
    },
    dreams: (query: string, { id, of }: Record<string, unknown>, caller: Caller): unknown => {
      if (query.includes('credits')) return { _entities: [{ credits: this.#creditsOf(of, caller) }] };
      const dream = this.#dreams.get(String(id));
      if (dream?.authorId !== this.#viewer(caller)) throw notFound('Dream');
      const edges = dream.said.map(([role, message]) => ({ node: { role, message, createdAt: at } }));
      return { dream: { title: dream.title, createdAt: at, messages: { edges } } };
    },
  };

  #serversOf(of: unknown, caller: Caller): object {
    this.#requireThemselves(of, caller);
    return { edges: [{ node: { id: 's1', name: 'Galata', memberCount: 3 } }] };
  }

  #creditsOf(of: unknown, caller: Caller): object {
    this.#requireThemselves(of, caller);
    return { amount: this.credits, totalAmount: 5 };
  }

  #requireThemselves(of: unknown, caller: Caller): void {
    const [{ id }] = of as [{ id: string }];
    if (id !== this.#viewer(caller)) throw forbidden('Only the user may see this.', 'User');
  }

  #viewer({ token = '', asService }: Caller): string {
    this.asked += 1;
    if (asService) throw new Error('A service has no eyes of its own.');
    return decodeJwt(token).sub ?? '';
  }
}
