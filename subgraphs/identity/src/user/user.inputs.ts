import { Field, InputType, ObjectType } from 'type-graphql';
import { User } from './user.ts';

@InputType({ description: "Changes of one's own profile. What is absent stays as it is." })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'As at registration; it cannot be removed.' })
  username?: string | null;

  @Field(() => String, { nullable: true, description: 'As at registration; it cannot be removed.' })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name to show, 1 to 64 characters; null to show the username.',
  })
  displayName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'An http(s) URL of at most 2048 characters; null removes the picture.',
  })
  avatarUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 500 characters; null removes it.' })
  bio?: string | null;
}

@ObjectType({ description: 'The outcome of `updateProfile`.' })
export class UpdateProfilePayload {
  @Field(() => User, { description: 'The user as they are now.' })
  user!: User;
}
