import type { PresenceStatus } from '@kopru/schema/events.ts';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Presence, PresenceStatuses } from './presence.ts';

@InputType({ description: 'What the viewer wants to show while connected.' })
export class SetPresenceInput {
  @Field(() => PresenceStatuses, { description: 'OFFLINE to be connected without being seen.' })
  status!: PresenceStatus;
  @Field(() => String, {
    nullable: true,
    description: 'A line of their own, at most 128 characters. Null or blank takes it away; left out, it stays.',
  })
  customStatus?: string | null;
}

@ObjectType({ description: 'The outcome of `setPresence`.', simpleResolvers: true })
export class SetPresencePayload {
  @Field(() => Presence, { description: 'What others now see.' })
  presence!: Presence;
}

@InputType({ description: 'A connection of the viewer that has come up.' })
export class OpenConnectionInput {
  @Field(() => ID, { description: "1 to 64 letters, digits and any of `.:_-`, and nobody else's." })
  connectionId!: string;
}

@ObjectType({ description: 'The outcome of `openConnection`.', simpleResolvers: true })
export class OpenConnectionPayload {
  @Field(() => Presence, { description: 'What others now see.' })
  presence!: Presence;
  @Field(() => Date, { description: 'Until when the connection counts unless it is renewed.' })
  expiresAt!: Date;
}

@InputType({ description: 'Connections that are still up.' })
export class RenewConnectionsInput {
  @Field(() => [ID], { description: "Their ids, at most 1000; the viewer's own, or anybody's with a service token." })
  connectionIds!: string[];
}

@ObjectType({ description: 'The outcome of `renewConnections`.', simpleResolvers: true })
export class RenewConnectionsPayload {
  @Field(() => [ID], { description: 'Those that were known and now count for 60 seconds more; open the others anew.' })
  renewed!: string[];
}

@InputType({ description: 'A connection that has gone down.' })
export class CloseConnectionInput {
  @Field(() => ID, { description: "Its id; the viewer's own, or anybody's with a service token." })
  connectionId!: string;
}

@ObjectType({ description: 'The outcome of `closeConnection`.', simpleResolvers: true })
export class CloseConnectionPayload {
  @Field(() => Presence, { description: 'What others now see of its user.' })
  presence!: Presence;
}
