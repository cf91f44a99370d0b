import type { Context } from '@kopru/runtime/context.ts';
import { unauthenticated } from '@kopru/runtime/errors.ts';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Access } from '../access/access.ts';
import { Server } from '../references/server.ts';
import { User } from '../references/user.ts';
import type { PresenceDependencies } from './presence.change.ts';
import { choosePresence } from './presence.choose.ts';
import { SetPresenceInput, SetPresencePayload } from './presence.inputs.ts';
import type { PresenceLookup } from './presence.lookup.ts';
import { Presence } from './presence.ts';

@Resolver(() => Presence)
export class PresenceResolver {
  readonly #parts: PresenceDependencies;

  constructor(parts: PresenceDependencies) {
    this.#parts = parts;
  }

  @FieldResolver(() => User, { description: 'Whose it is.' })
  user(@Root() { userId }: Presence): User {
    return new User(userId);
  }

  @Mutation(() => SetPresencePayload, {
    description: 'Chooses what the viewer shows while connected. VALIDATION_FAILED (`customStatus`).',
  })
  async setPresence(
    @Arg('input', () => SetPresenceInput, { description: 'The choice.' }) input: SetPresenceInput,
    @Ctx() context: Context,
  ): Promise<SetPresencePayload> {
    return { presence: await context.written(choosePresence(this.#parts, input, context)) };
  }
}

@Resolver(() => User)
export class UserPresenceResolver {
  readonly #lookup: PresenceLookup;

  constructor(lookup: PresenceLookup) {
    this.#lookup = lookup;
  }

  @FieldResolver(() => Presence, {
    nullable: true,
    description: 'How they appear to others. UNAUTHENTICATED without a viewer.',
  })
  async presence(@Root() { id }: User, @Ctx() context: Context): Promise<Presence> {
    if (context.reader.kind === 'anonymous') throw unauthenticated();
    return context.load(this.#lookup.byUser).load(id);
  }
}

@Resolver(() => Server)
export class ServerPresenceResolver {
  readonly #lookup: PresenceLookup;
  readonly #access: Access;

  constructor(lookup: PresenceLookup, access: Access) {
    this.#lookup = lookup;
    this.#access = access;
  }

  @FieldResolver(() => [Presence], {
    nullable: true,
    description: 'Of its members, those who are not OFFLINE. FORBIDDEN (Server) for anybody but members.',
  })
  async presences(@Root() { id }: Server, @Ctx() context: Context): Promise<Presence[]> {
    const members = await this.#access.membersFor(id, context);
    return context.load(this.#lookup.among).load(members);
  }
}
